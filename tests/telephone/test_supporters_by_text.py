"""Who acts for somebody, by text: asked, agreed to, ended, as it comes on an old phone."""

from collections.abc import Callable

import pytest
from flask import Flask

from enabler.config import Settings
from enabler.domain.mandates import Scope
from enabler.doors.wiring import wiring
from enabler.services import mandate_asks
from tests.builders import NOW, BuiltMember, BuiltPlace, a_member, an_organisation
from tests.services.deeds import a_key
from tests.services.mandating import a_mandate
from tests.telephone.phones import number_of
from tests.telephone.storytelling import Story, a_story

ALL = tuple(scope.value for scope in Scope)
Tell = Callable[[str], Story]


def asks(who: BuiltMember, whom: BuiltMember, *scopes: str) -> str:
    """On their page somebody asks to act for another."""
    return mandate_asks.ask(
        actor=who.actor, to=number_of(whom), scopes=scopes or ALL, days=90,
        secrets=wiring().secrets, key=a_key(), now=NOW,
    )  # fmt: skip


@pytest.fixture
def tell(
    app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Tell:  # fmt: skip
    """Rose has an old phone and reads a language. Two are called Sam, both with pages: one acts for
    her already and so does the library, the other asks to."""

    def begin(language: str) -> Story:
        def lived_in(place: BuiltPlace) -> None:
            rose = a_member(place, "Rose Long", language=language)
            sam, other = a_member(place, "Sam Brackenbury"), a_member(place, "Sam Quillfeather")
            a_mandate(rose, sam, Scope.POST_NEED, Scope.SEE_MATCH)
            a_mandate(rose, an_organisation(place, "Elmford Library"), Scope.POST_NEED, days=30)
            asks(other, rose)

        return a_story(app, settings, monkeypatch, capsys, "en", "cy", lived_in=lived_in)

    return begin


class TestAConversation:
    def test_in_english(self, tell: Tell) -> None:
        """Rose lets the second Sam act for her, asks somebody else, and ends it with both.

        == 2026-03-10
        -- 10:05
        07700 900101 < Sam may act for you on Enabler now, until Mon 8 Jun. We tell you what
          they do. To end it by text: DROP [first]. You can end it at any time:
          http://127.0.0.1:8000/me/supporters/[his] Or ring 0117 496 0000.
        07700 900102 < You can act for somebody on Enabler now. We tell them what you do for them.
          It ends by itself: ask them again in good time. Begin here: http://127.0.0.1:8000/for
        07700 900101 < Elmford Library may act for you on Enabler now, until Thu 9 Apr. We
          tell you what they do. To end it by text: DROP [library]. You can end it at any
          time: http://127.0.0.1:8000/me/supporters/[its] Or ring 0117 496 0000.
        07700 900101 < Somebody asks if they may act for you on Enabler, Elmford. To see who
          by text: SUPPORTERS. See who it is, and say yes or no, before Tue 17 Mar 10am:
          http://127.0.0.1:8000/me/supporters/asked/[asked]
        10:10 07700 900101> Who helps me with this?
        < Sam (number ends 103) asks to act for you for 90 days: ask for help, see who comes, write
          to helpers, say it is done. I let them do this for me here, and nothing else. I am told of
          it. I can end it at any time; they are not told. If you want it text A [yes] within 10
          minutes. If not: DROP [no].
        10:11 07700 900101> my supporter is sam
        < We have your text. A person will read it and answer you. Or ring 0117 496 0000.
        10:12 07700 900101> supporters
        < Elmford Library may ask for help until Thu 9 Apr ([library]). Sam may ask for help, see
          who comes until Mon 8 Jun ([first]). To end one text DROP and the number behind it.
        10:13 07700 900101> A 123456
        < That is not the code that we sent you. Please look, and try again.
        10:14 07700 900101> A [yes]
        < Sam may act for you on Enabler now, until Mon 8 Jun. We tell you what they do. To
          end it by text: DROP [second]. You can end it at any time:
          http://127.0.0.1:8000/me/supporters/[theirs] Or ring 0117 496 0000.
        < Thank you. Sam may act for you until Mon 8 Jun.
        07700 900103 < You can act for somebody on Enabler now. We tell them what you do for them.
          It ends by itself: ask them again in good time. Begin here: http://127.0.0.1:8000/for
        10:15 07700 900101> A [yes]
        < Sorry, that question is over now. Text MY to see what is open.
        10:20 07700 900101> drop sam
        < Sam (ask for help, see who comes, until Mon 8 Jun): to end it text DROP [first]. Sam (ask
          for help, see who comes, write to helpers, say it is done, until Mon 8 Jun): to end it
          text DROP [second].
        10:21 07700 900101> DROP [second]
        < Done. Sam may not act for you any more. We do not tell them.
        10:22 07700 900101> DROP [second]
        < Done. Sam may not act for you any more. We do not tell them.
        10:23 07700 900101> STOP Sam
        < Sam (ask for help, see who comes, until Mon 8 Jun): to end it text DROP [first].
        10:25 07700 900101> stop [library]
        < Done. Elmford Library may not act for you any more. We do not tell them.
        10:26 07700 900101> DROP [first]
        < Done. Sam may not act for you any more. We do not tell them.
        10:27 07700 900101> SUPPORTERS?
        < Nobody may act for you here. To ask somebody text SUPPORTER and their telephone number.
        10:30 07700 900101> SUPPORTER 07700 900103
        < You want to ask the number that ends 103 to act for you for 90 days: ask for help, see who
          comes. I let them do this for me here, and nothing else. I am told of it. I can end it at
          any time; they are not told. If you want it text B [ask] within 10 minutes.
        10:31 07700 900101> [ask] please
        < We ask them now. You hear from us when they say yes.
        07700 900103 < Somebody asks you to act for them on Enabler, Elmford. See who it is with the
          code [code], before Tue 17 Mar 10:31am: http://127.0.0.1:8000/for/asked/[offer]
        10:32 07700 900101> Drop Bob
        < Nobody of that name may act for you. Text SUPPORTERS to see who may, if anybody. We have
          your text. A person will read it and answer you. Or ring 0117 496 0000.
        """
        tell("en").plays(TestAConversation.test_in_english.__doc__)

    def test_in_welsh(self, tell: Tell) -> None:
        """The same.

        == 2026-03-10
        -- 10:05
        07700 900101 < Caiff Sam weithredu ar eich rhan ar Enabler nawr, tan Llun 8 Meh.
          Dywedwn wrthych beth mae'n ei wneud. I'w ddirwyn i ben: tecstiwch GOLLWNG [first].
          Gallwch ddod a hyn i ben unrhyw bryd: http://127.0.0.1:8000/me/supporters/[his]
          Neu ffoniwch 0117 496 0000.
        07700 900102 < You can act for somebody on Enabler now. We tell them what you do for them.
          It ends by itself: ask them again in good time. Begin here: http://127.0.0.1:8000/for
        07700 900101 < Caiff Elmford Library weithredu ar eich rhan ar Enabler nawr, tan Iau
          9 Ebr. Dywedwn wrthych beth mae'n ei wneud. I'w ddirwyn i ben: tecstiwch GOLLWNG
          [library]. Gallwch ddod a hyn i ben unrhyw bryd:
          http://127.0.0.1:8000/me/supporters/[its] Neu ffoniwch 0117 496 0000.
        07700 900101 < Mae rhywun yn gofyn am gael gweithredu ar eich rhan ar Enabler,
          Elmford. I weld pwy: tecstiwch CEFNOGWYR. Gweld pwy, a dweud ie neu na, cyn Maw 17
          Maw 10am: http://127.0.0.1:8000/me/supporters/asked/[asked]
        10:10 07700 900101> Pwy sy'n fy helpu gyda hyn?
        < Mae Sam (rhif yn gorffen a 103) yn gofyn am weithredu ar eich rhan am 90 diwrnod: gofyn am
          help, gweld pwy sy'n dod, ysgrifennu at helpwyr, dweud ei fod wedi'i wneud. Rwy'n gadael
          iddynt wneud hyn ar fy rhan yma, a dim byd arall. Dywedir wrthyf am bob peth. Gallaf ddod
          ag ef i ben unrhyw bryd; ni ddywedir wrthynt. Os ydych am hynny tecstiwch A [yes] o fewn
          10 munud. Os na: GOLLWNG [no].
        10:12 07700 900101> cefnogwyr
        < Elmford Library, tan Iau 9 Ebr: gofyn am help ([library]). Sam, tan Llun 8 Meh: gofyn am
          help, gweld pwy sy'n dod ([first]). I ddod ag un i ben tecstiwch GOLLWNG a'r rhif sydd ar
          ei ôl.
        10:14 07700 900101> gollwng [no]
        < Wedi'i wneud. Ni chânt weithredu ar eich rhan. Ni ddywedwn wrthynt.
        10:15 07700 900101> A [yes]
        < Sori, mae'r cwestiwn hwnnw ar ben. Tecstiwch RHESTR i weld beth sydd ar agor.
        10:20 07700 900101> gollwng Sâm
        < Sam (gofyn am help, gweld pwy sy'n dod, tan Llun 8 Meh): i ddod â hyn i ben tecstiwch
          GOLLWNG [first].
        10:21 07700 900101> GOLLWNG [first]
        < Wedi'i wneud. Ni chaiff Sam weithredu ar eich rhan mwyach. Ni ddywedwn wrthynt.
        10:22 07700 900101> CEFNOGWR 07700 900999
        < Rydych am ofyn i'r rhif sy'n gorffen a 999 weithredu ar eich rhan am 90 diwrnod: gofyn am
          help, gweld pwy sy'n dod. Rwy'n gadael iddynt wneud hyn ar fy rhan yma, a dim byd arall.
          Dywedir wrthyf am bob peth. Gallaf ddod ag ef i ben unrhyw bryd; ni ddywedir wrthynt. Os
          ydych am hynny tecstiwch B [ask] o fewn 10 munud.
        10:24 07700 900101> na
        < Iawn. Ni chaiff neb newydd weithredu ar eich rhan.
        """
        tell("cy").plays(TestAConversation.test_in_welsh.__doc__)
