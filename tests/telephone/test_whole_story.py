"""The whole of it by text, in English: need, match, reminder, done, thanks, hours (issue 8)."""

import pytest
from flask import Flask

from enabler.config import Settings
from tests.telephone.storytelling import Story, a_story


@pytest.fixture
def story(
    app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Story:  # fmt: skip
    """A town in which nobody has an account yet."""
    return a_story(app, settings, monkeypatch, capsys, "en", "cy")


def test_two_people_who_have_nothing_but_a_phone(story: Story) -> None:
    """Mary learns the guitar from Tom. Ann cannot this time, Joe is late, Sue wants no texts.

    == 2026-03-10
    09:00 07700 900101> JOIN
    < This is Enabler, Elmford: neighbours help each other. To join, text your first name.
    09:01 07700 900101> Mary
    < Thank you, Mary. What is your postcode? Text all of it, like BS3 4QT.
    09:02 07700 900101> BS1 1AA
    < Are you 18 or over? Text C1 I am 18 or over, C2 I am younger.
    09:03 07700 900101> yes
    < I agree that my council keeps my name, phone number and address, to bring me together with
      people nearby. Others see only roughly where I live. When somebody says yes to helping me,
      they see my first name and my address. I can change my mind at any time. Text D1 I agree,
      D2 I do not agree.
    09:04 07700 900101> yes
    < Welcome to Enabler, Elmford. Text what you need, or OFFER and what you can do for others.
    09:05 07700 900102> I could teach somebody guitar
    < This is Enabler, Elmford: neighbours help each other. To join, text your first name.
    09:06 07700 900102> Tom
    < Thank you, Tom. What is your postcode? Text all of it, like BS3 4QT.
    09:07 07700 900102> BS1 1AB
    < Are you 18 or over? Text C1 I am 18 or over, C2 I am younger.
    09:08 07700 900102> yes
    < I agree that my council keeps my name, phone number and address, to bring me together with
      people nearby. Others see only roughly where I live. When somebody says yes to helping me,
      they see my first name and my address. I can change my mind at any time. Text D1 I agree,
      D2 I do not agree.
    09:09 07700 900102> yes
    < Welcome to Enabler, Elmford. You offer help with: learning something, to people within a
      mile of your home. Is that right? Text E1 right, E2 not right.
    09:10 07700 900102> yes
    < Thank you. A person looks at your offer first. Then we text you.
    09:11 07700 900102> my
    < [tom]: somebody reads what you offer: learning something. To take it back text CAN'T with
      its code.
    09:15 $ enabler moderate [tom] approve
    09:20 07700 900103> JOIN
    07700 900102 < Good news: Learning something has been looked at and is open now.
      http://127.0.0.1:8000/offers/[tom]
    < This is Enabler, Elmford: neighbours help each other. To join, text your first name.
    09:20 07700 900103> Ann
    < Thank you, Ann. What is your postcode? Text all of it, like BS3 4QT.
    09:20 07700 900103> BS1 1AA
    < Are you 18 or over? Text C1 I am 18 or over, C2 I am younger.
    09:20 07700 900103> yes
    < I agree that my council keeps my name, phone number and address, to bring me together with
      people nearby. Others see only roughly where I live. When somebody says yes to helping me,
      they see my first name and my address. I can change my mind at any time. Text D1 I agree,
      D2 I do not agree.
    09:20 07700 900103> yes
    < Welcome to Enabler, Elmford. Text what you need, or OFFER and what you can do for others.
    09:20 07700 900103> OFFER guitar lessons
    < You offer help with: learning something, to people within a mile of your home. Is that
      right? Text E1 right, E2 not right.
    09:20 07700 900103> yes
    < Thank you. A person looks at your offer first. Then we text you.
    09:20 07700 900103> MY
    < [ann]: somebody reads what you offer: learning something. To take it back text CAN'T with
      its code.
    09:20 $ enabler moderate [ann] approve
    09:25 07700 900104> JOIN
    07700 900103 < Good news: Learning something has been looked at and is open now.
      http://127.0.0.1:8000/offers/[ann]
    < This is Enabler, Elmford: neighbours help each other. To join, text your first name.
    09:25 07700 900104> Joe
    < Thank you, Joe. What is your postcode? Text all of it, like BS3 4QT.
    09:25 07700 900104> BS1 1AB
    < Are you 18 or over? Text C1 I am 18 or over, C2 I am younger.
    09:25 07700 900104> yes
    < I agree that my council keeps my name, phone number and address, to bring me together with
      people nearby. Others see only roughly where I live. When somebody says yes to helping me,
      they see my first name and my address. I can change my mind at any time. Text D1 I agree,
      D2 I do not agree.
    09:25 07700 900104> yes
    < Welcome to Enabler, Elmford. Text what you need, or OFFER and what you can do for others.
    09:25 07700 900104> OFFER guitar lessons
    < You offer help with: learning something, to people within a mile of your home. Is that
      right? Text E1 right, E2 not right.
    09:25 07700 900104> yes
    < Thank you. A person looks at your offer first. Then we text you.
    09:25 07700 900104> MY
    < [joe]: somebody reads what you offer: learning something. To take it back text CAN'T with
      its code.
    09:26 $ enabler moderate [joe] approve
    09:30 07700 900105> JOIN
    07700 900104 < Good news: Learning something has been looked at and is open now.
      http://127.0.0.1:8000/offers/[joe]
    < This is Enabler, Elmford: neighbours help each other. To join, text your first name.
    09:30 07700 900105> Sue
    < Thank you, Sue. What is your postcode? Text all of it, like BS3 4QT.
    09:30 07700 900105> BS1 1AE
    < Are you 18 or over? Text C1 I am 18 or over, C2 I am younger.
    09:30 07700 900105> yes
    < I agree that my council keeps my name, phone number and address, to bring me together with
      people nearby. Others see only roughly where I live. When somebody says yes to helping me,
      they see my first name and my address. I can change my mind at any time. Text D1 I agree,
      D2 I do not agree.
    09:30 07700 900105> yes
    < Welcome to Enabler, Elmford. Text what you need, or OFFER and what you can do for others.
    09:31 07700 900105> OFFER guitar lessons
    < You offer help with: learning something, to people within a mile of your home. Is that
      right? Text E1 right, E2 not right.
    09:31 07700 900105> 1
    < Thank you. A person looks at your offer first. Then we text you.
    09:32 07700 900105> STOP
    < We send you no more texts. To get them again, text: TEXT ME AGAIN.
    09:33 07700 900105> STOP
    14:58 07700 900101> hours
    < You have no hours yet. You can ask for help all the same.
    15:00 07700 900101> Can someone teach me the guitar tomorrow at 2pm
    < You need: learning something, Wed 11 Mar 2pm to 3pm, at your home. No child, no personal
      care, no money to hold. Where would you meet your helper? Text E1 in a public place, E2 by
      phone or online, E3 there is one of these, E4 not right.
    15:02 07700 900101> 1
    < Thank you. We ask people near you now. You hear from us by Tue 10 Mar 3:32pm.
    07700 900102 < Can you lend a hand in West End? Learning something, Wed 11 Mar 2pm to 3pm.
      Within a mile of you. You are near. Please answer by Tue 10 Mar 3:32pm:
      http://127.0.0.1:8000/matches/[help] Text F1 I can, F2 not this time.
    07700 900103 < Can you lend a hand in West End? Learning something, Wed 11 Mar 2pm to 3pm.
      Within a mile of you. You are near. Please answer by Tue 10 Mar 3:32pm:
      http://127.0.0.1:8000/matches/[ask2] Text F1 I can, F2 not this time.
    07700 900104 < Can you lend a hand in West End? Learning something, Wed 11 Mar 2pm to 3pm.
      Within a mile of you. You are near. Please answer by Tue 10 Mar 3:32pm:
      http://127.0.0.1:8000/matches/[ask3] Text F1 I can, F2 not this time.
    15:06 07700 900103> F2 sorry
    < Thank you for telling us. We ask others.
    15:07 07700 900102> F1
    < Thank you! You are helping Mary: learning something, Wed 11 Mar 2pm to 3pm.
    07700 900104 < Somebody said yes before you did: Learning something in West End. You need do
      nothing. Thank you for being there. Enabler, Elmford
    07700 900101 < It is agreed: Learning something with Tom, Wed 11 Mar 2pm to 3pm. All about
      it: http://127.0.0.1:8000/matches/[help]
    15:10 07700 900104> F1
    < Thank you for saying so. Somebody was quicker. If they cannot come, we ask you first.
    15:12 07700 900101> MY
    < [help]: Tom helps you with learning something, Wed 11 Mar 2pm to 3pm. Text DONE or CAN'T
      with its code.
    15:12 07700 900102> MY
    < [help]: you help with learning something, Wed 11 Mar 2pm to 3pm. [tom]: you offer help
      with learning something. Text DONE or CAN'T with its code.
    15:13 07700 900101> HOURS
    < You have no hours yet. You can ask for help all the same. Set aside for help to come: 1
      hour.
    -- 17:05
    07700 900101 < Do not forget: Learning something with Tom, Wed 11 Mar 2pm to 3pm. If you
      cannot, please tell them now: http://127.0.0.1:8000/matches/[help] Text F1 I will be
      there, F2 I cannot.
    07700 900102 < Do not forget: Learning something with Mary, Wed 11 Mar 2pm to 3pm. If you
      cannot, please tell them now: http://127.0.0.1:8000/matches/[help] Text G1 I will be
      there, G2 I cannot.
    17:06 07700 900101> F1
    < Good, thank you. See you then: Wed 11 Mar 2pm to 3pm.
    17:07 07700 900102> yes
    < Good, thank you. See you then: Wed 11 Mar 2pm to 3pm.
    == 2026-03-11
    15:05 07700 900102> DONE 1h
    < Thank you! We ask Mary to agree: learning something, 1 hour.
    07700 900101 < Tom tells us the job is done: Learning something, 1 hour. Is that right?
      Please tell us, also if something went wrong: http://127.0.0.1:8000/matches/[help] Text A1
      right, A2 not right.
    15:08 07700 900101> yes
    < All done and agreed: learning something, 1 hour. Text THANKS [help] and a few words, and
      we pass them on.
    07700 900102 < Learning something, 1 hour: all done and agreed. Thank you for helping your
      neighbours! http://127.0.0.1:8000/matches/[help]
    15:10 07700 900101> THANKS he was lovely
    < Your thanks are on their way to Tom.
    07700 900102 < Mary (Learning something): "Thank you. he was lovely"
      http://127.0.0.1:8000/matches/[help] Text B and your words to answer.
    15:11 07700 900101> HOURS
    < You have had 1 hour more than you gave. You can still ask for help. 1 hour went to your
      helper for learning something.
    15:12 07700 900102> HOURS
    < You have 1 hour. You were given 1 hour for learning something.
    -- 15:15
    """
    story.plays(test_two_people_who_have_nothing_but_a_phone.__doc__)


def test_an_offer_that_needs_a_check_and_a_need_that_nobody_can_meet_yet(story: Story) -> None:
    """Tom hears which check is missing; Mary hears once what comes next.

    == 2026-03-10
    09:00 07700 900102> JOIN
    < This is Enabler, Elmford: neighbours help each other. To join, text your first name.
    09:01 07700 900102> Tom
    < Thank you, Tom. What is your postcode? Text all of it, like BS3 4QT.
    09:02 07700 900102> BS1 1AB
    < Are you 18 or over? Text C1 I am 18 or over, C2 I am younger.
    09:03 07700 900102> yes
    < I agree that my council keeps my name, phone number and address, to bring me together with
      people nearby. Others see only roughly where I live. When somebody says yes to helping me,
      they see my first name and my address. I can change my mind at any time. Text D1 I agree, D2
      I do not agree.
    09:04 07700 900102> yes
    < Welcome to Enabler, Elmford. Text what you need, or OFFER and what you can do for others.
    09:05 07700 900102> OFFER shopping
    < You offer help with: shopping, to people within a mile of your home. Is that right? Text E1
      right, E2 not right.
    09:06 07700 900102> yes
    < Thank you. A person looks at your offer first. Then we text you. Before we ask you, the
      council has to see: Proof of who you are. To show it, text CALL ME.
    09:07 07700 900102> MY
    < [tom]: somebody reads what you offer: shopping. To take it back text CAN'T with its code.
    09:08 $ enabler moderate [tom] approve
    -- 09:09
    07700 900102 < Good news: Shopping has been looked at and is open now. Before we ask you, the
      council has to see: Proof of who you are. To show it, text CALL ME.
      http://127.0.0.1:8000/offers/[tom]
    09:10 07700 900102> Can someone lend me a drill tomorrow at 2pm
    < You need: things to borrow, Wed 11 Mar 2pm to 3pm, at your home. No child, no personal care,
      no money to hold. Where would you meet your helper? Text F1 at the door, F2 in a public place,
      F3 there is one of these, F4 not right. Which house? Add it,
      like F1 12 Mill Lane. Only your helper is told.
    09:12 07700 900102> F1 12 Mill Lane
    < Thank you. We have it: things to borrow, Wed 11 Mar 2pm to 3pm.
    < Nobody could do it so far: Things to borrow. People at Elmford council are looking for
      somebody now. See how it goes: http://127.0.0.1:8000/needs/[need] You may let your councillor
      see it there. Or ring 0117 496 0000. In danger ring 999.
    """
    story.plays(test_an_offer_that_needs_a_check_and_a_need_that_nobody_can_meet_yet.__doc__)
