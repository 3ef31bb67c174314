"""The whole of it by text, in Welsh: need, match, reminder, done, thanks, hours (issue 8)."""

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
    return a_story(app, settings, monkeypatch, capsys, "cy", "en")


def test_the_same_in_welsh(story: Story) -> None:
    """Eleri learns the guitar from Gwyn. Nia cannot this time, Ifan is late, Mair wants no texts.

    == 2026-03-10
    09:00 07700 900101> YMUNO
    < Dyma Enabler, Elmford: cymdogion yn helpu ei gilydd. I ymuno, tecstiwch eich enw cyntaf.
    09:01 07700 900101> Eleri
    < Diolch, Eleri. Beth yw eich cod post? Tecstiwch y cod cyfan, fel BS3 4QT.
    09:02 07700 900101> BS1 1AA
    < Ydych chi'n 18 oed neu hŷn? Tecstiwch C1 rwy'n 18 oed neu hŷn, C2 rwy'n iau.
    09:03 07700 900101> ydw
    < Rwy'n cytuno bod fy nghyngor yn cadw fy enw, fy rhif ffon a'm cyfeiriad, i ddod a mi i
      gysylltiad a phobl gerllaw. Dim ond yn fras y mae pobl eraill yn gweld ble rwy'n byw. Pan
      fydd rhywun yn cytuno i'm helpu, bydd yn gweld fy enw cyntaf a'm cyfeiriad. Gallaf newid
      fy meddwl ar unrhyw adeg. Tecstiwch D1 Rwy'n cytuno, D2 Dydw i ddim yn cytuno.
    09:04 07700 900101> ie
    < Croeso i Enabler, Elmford. Tecstiwch beth sydd ei angen, neu CYNNIG a beth allwch ei wneud
      i eraill.
    09:10 07700 900102> Galla i helpu gyda gwersi gitâr
    < Dyma Enabler, Elmford: cymdogion yn helpu ei gilydd. I ymuno, tecstiwch eich enw cyntaf.
    09:11 07700 900102> Gwyn
    < Diolch, Gwyn. Beth yw eich cod post? Tecstiwch y cod cyfan, fel BS3 4QT.
    09:12 07700 900102> BS1 1AB
    < Ydych chi'n 18 oed neu hŷn? Tecstiwch C1 rwy'n 18 oed neu hŷn, C2 rwy'n iau.
    09:13 07700 900102> ydw
    < Rwy'n cytuno bod fy nghyngor yn cadw fy enw, fy rhif ffon a'm cyfeiriad, i ddod a mi i
      gysylltiad a phobl gerllaw. Dim ond yn fras y mae pobl eraill yn gweld ble rwy'n byw. Pan
      fydd rhywun yn cytuno i'm helpu, bydd yn gweld fy enw cyntaf a'm cyfeiriad. Gallaf newid
      fy meddwl ar unrhyw adeg. Tecstiwch D1 Rwy'n cytuno, D2 Dydw i ddim yn cytuno.
    09:14 07700 900102> ie
    < Croeso i Enabler, Elmford. Rydych yn cynnig help gyda: dysgu rhywbeth, i bobl o fewn
      milltir i'ch cartref. Ydy hynny'n iawn? Tecstiwch E1 iawn, E2 ddim yn iawn.
    09:15 07700 900102> ie
    < Diolch. Bydd rhywun yn edrych ar eich cynnig yn gyntaf. Yna byddwn yn eich tecstio.
    09:16 07700 900102> RHESTR
    < [gwyn]: mae rhywun yn darllen eich cynnig: dysgu rhywbeth. I'w dynnu'n ôl tecstiwch METHU
      gyda'r cod.
    09:18 $ enabler moderate [gwyn] approve
    09:20 07700 900103> YMUNO
    07700 900102 < Newyddion da: Dysgu rhywbeth. Mae rhywun wedi edrych arno ac mae ar agor
      nawr. http://127.0.0.1:8000/offers/[gwyn]
    < Dyma Enabler, Elmford: cymdogion yn helpu ei gilydd. I ymuno, tecstiwch eich enw cyntaf.
    09:21 07700 900103> Nia
    < Diolch, Nia. Beth yw eich cod post? Tecstiwch y cod cyfan, fel BS3 4QT.
    09:22 07700 900103> BS1 1AA
    < Ydych chi'n 18 oed neu hŷn? Tecstiwch C1 rwy'n 18 oed neu hŷn, C2 rwy'n iau.
    09:23 07700 900103> ydw
    < Rwy'n cytuno bod fy nghyngor yn cadw fy enw, fy rhif ffon a'm cyfeiriad, i ddod a mi i
      gysylltiad a phobl gerllaw. Dim ond yn fras y mae pobl eraill yn gweld ble rwy'n byw. Pan
      fydd rhywun yn cytuno i'm helpu, bydd yn gweld fy enw cyntaf a'm cyfeiriad. Gallaf newid
      fy meddwl ar unrhyw adeg. Tecstiwch D1 Rwy'n cytuno, D2 Dydw i ddim yn cytuno.
    09:24 07700 900103> ie
    < Croeso i Enabler, Elmford. Tecstiwch beth sydd ei angen, neu CYNNIG a beth allwch ei wneud
      i eraill.
    09:25 07700 900103> CYNNIG gwersi gitâr
    < Rydych yn cynnig help gyda: dysgu rhywbeth, i bobl o fewn milltir i'ch cartref. Ydy
      hynny'n iawn? Tecstiwch E1 iawn, E2 ddim yn iawn.
    09:26 07700 900103> iawn
    < Diolch. Bydd rhywun yn edrych ar eich cynnig yn gyntaf. Yna byddwn yn eich tecstio.
    09:27 07700 900103> RHESTR
    < [nia]: mae rhywun yn darllen eich cynnig: dysgu rhywbeth. I'w dynnu'n ôl tecstiwch METHU
      gyda'r cod.
    09:28 $ enabler moderate [nia] approve
    09:30 07700 900104> YMUNO
    07700 900103 < Newyddion da: Dysgu rhywbeth. Mae rhywun wedi edrych arno ac mae ar agor
      nawr. http://127.0.0.1:8000/offers/[nia]
    < Dyma Enabler, Elmford: cymdogion yn helpu ei gilydd. I ymuno, tecstiwch eich enw cyntaf.
    09:31 07700 900104> Ifan
    < Diolch, Ifan. Beth yw eich cod post? Tecstiwch y cod cyfan, fel BS3 4QT.
    09:32 07700 900104> BS1 1AB
    < Ydych chi'n 18 oed neu hŷn? Tecstiwch C1 rwy'n 18 oed neu hŷn, C2 rwy'n iau.
    09:33 07700 900104> ydw
    < Rwy'n cytuno bod fy nghyngor yn cadw fy enw, fy rhif ffon a'm cyfeiriad, i ddod a mi i
      gysylltiad a phobl gerllaw. Dim ond yn fras y mae pobl eraill yn gweld ble rwy'n byw. Pan
      fydd rhywun yn cytuno i'm helpu, bydd yn gweld fy enw cyntaf a'm cyfeiriad. Gallaf newid
      fy meddwl ar unrhyw adeg. Tecstiwch D1 Rwy'n cytuno, D2 Dydw i ddim yn cytuno.
    09:34 07700 900104> ie
    < Croeso i Enabler, Elmford. Tecstiwch beth sydd ei angen, neu CYNNIG a beth allwch ei wneud
      i eraill.
    09:35 07700 900104> CYNNIG dysgu gitâr
    < Rydych yn cynnig help gyda: dysgu rhywbeth, i bobl o fewn milltir i'ch cartref. Ydy
      hynny'n iawn? Tecstiwch E1 iawn, E2 ddim yn iawn.
    09:36 07700 900104> iawn
    < Diolch. Bydd rhywun yn edrych ar eich cynnig yn gyntaf. Yna byddwn yn eich tecstio.
    09:37 07700 900104> RHESTR
    < [ifan]: mae rhywun yn darllen eich cynnig: dysgu rhywbeth. I'w dynnu'n ôl tecstiwch METHU
      gyda'r cod.
    09:38 $ enabler moderate [ifan] approve
    09:40 07700 900105> YMUNO
    07700 900104 < Newyddion da: Dysgu rhywbeth. Mae rhywun wedi edrych arno ac mae ar agor
      nawr. http://127.0.0.1:8000/offers/[ifan]
    < Dyma Enabler, Elmford: cymdogion yn helpu ei gilydd. I ymuno, tecstiwch eich enw cyntaf.
    09:41 07700 900105> Mair
    < Diolch, Mair. Beth yw eich cod post? Tecstiwch y cod cyfan, fel BS3 4QT.
    09:42 07700 900105> BS1 1AE
    < Ydych chi'n 18 oed neu hŷn? Tecstiwch C1 rwy'n 18 oed neu hŷn, C2 rwy'n iau.
    09:43 07700 900105> ydw
    < Rwy'n cytuno bod fy nghyngor yn cadw fy enw, fy rhif ffon a'm cyfeiriad, i ddod a mi i
      gysylltiad a phobl gerllaw. Dim ond yn fras y mae pobl eraill yn gweld ble rwy'n byw. Pan
      fydd rhywun yn cytuno i'm helpu, bydd yn gweld fy enw cyntaf a'm cyfeiriad. Gallaf newid
      fy meddwl ar unrhyw adeg. Tecstiwch D1 Rwy'n cytuno, D2 Dydw i ddim yn cytuno.
    09:44 07700 900105> ie
    < Croeso i Enabler, Elmford. Tecstiwch beth sydd ei angen, neu CYNNIG a beth allwch ei wneud
      i eraill.
    09:45 07700 900105> peidiwch â thecstio fi
    < Ni fyddwn yn anfon rhagor o negeseuon. I'w cael eto, tecstiwch: DECHRAU.
    09:46 07700 900105> STOP
    14:58 07700 900101> ORIAU
    < Does gennych chi ddim oriau eto. Gallwch ofyn am help er hynny.
    15:00 07700 900101> All rhywun ddysgu gitâr i mi yfory am 2yp
    < Angen: dysgu rhywbeth, Mer 11 Maw 2pm i 3pm, yn eich cartref. Dim plentyn, dim gofal
      personol, dim arian i'w ddal. Ble byddech chi'n cwrdd a'ch helpwr? Tecstiwch E1 mewn lle
      cyhoeddus, E2 dros y ffon neu ar-lein, E3 mae un o'r rhain, E4 ddim yn iawn.
    15:02 07700 900101> 1
    < Diolch. Rydym yn gofyn i bobl yn eich ardal nawr. Cewch glywed gennym erbyn Maw 10 Maw
      3:32pm.
    07700 900102 < Allwch chi roi help llaw? West End: Dysgu rhywbeth, Mer 11 Maw 2pm i 3pm. O
      fewn milltir i chi. Rydych chi gerllaw. Atebwch erbyn Maw 10 Maw 3:32pm:
      http://127.0.0.1:8000/matches/[help] Tecstiwch F1 gallaf, F2 nid y tro hwn.
    07700 900103 < Allwch chi roi help llaw? West End: Dysgu rhywbeth, Mer 11 Maw 2pm i 3pm. O
      fewn milltir i chi. Rydych chi gerllaw. Atebwch erbyn Maw 10 Maw 3:32pm:
      http://127.0.0.1:8000/matches/[ask2] Tecstiwch F1 gallaf, F2 nid y tro hwn.
    07700 900104 < Allwch chi roi help llaw? West End: Dysgu rhywbeth, Mer 11 Maw 2pm i 3pm. O
      fewn milltir i chi. Rydych chi gerllaw. Atebwch erbyn Maw 10 Maw 3:32pm:
      http://127.0.0.1:8000/matches/[ask3] Tecstiwch F1 gallaf, F2 nid y tro hwn.
    15:06 07700 900103> F2 sori
    < Diolch am ddweud. Byddwn ni'n gofyn i eraill.
    15:07 07700 900102> ie
    < Diolch! Rydych chi'n helpu Eleri: dysgu rhywbeth, Mer 11 Maw 2pm i 3pm.
    07700 900104 < Cytunodd rhywun o'ch blaen chi: Dysgu rhywbeth, ward West End. Does dim angen
      i chi wneud dim. Diolch am fod yn barod i helpu. Enabler, Elmford
    07700 900101 < Mae wedi'i gytuno: Dysgu rhywbeth gyda Gwyn, Mer 11 Maw 2pm i 3pm. Y manylion
      i gyd: http://127.0.0.1:8000/matches/[help]
    15:10 07700 900104> F1
    < Diolch am ddweud. Roedd rhywun yn gynt. Os na all ddod, gofynnwn i chi gyntaf.
    15:12 07700 900101> rhestr
    < [help]: mae Gwyn yn eich helpu: dysgu rhywbeth, Mer 11 Maw 2pm i 3pm. Tecstiwch WEDI
      GWNEUD neu METHU gyda'r cod.
    15:13 07700 900101> oriau
    < Does gennych chi ddim oriau eto. Gallwch ofyn am help er hynny. Wedi'i gadw at help i
      ddod: 1 awr.
    -- 17:05
    07700 900101 < Peidiwch ag anghofio: Dysgu rhywbeth gyda Gwyn, Mer 11 Maw 2pm i 3pm. Os na
      allwch, dywedwch wrthyn nhw nawr: http://127.0.0.1:8000/matches/[help] Tecstiwch F1 bydda
      i yno, F2 ni allaf.
    07700 900102 < Peidiwch ag anghofio: Dysgu rhywbeth gyda Eleri, Mer 11 Maw 2pm i 3pm. Os na
      allwch, dywedwch wrthyn nhw nawr: http://127.0.0.1:8000/matches/[help] Tecstiwch G1 bydda
      i yno, G2 ni allaf.
    17:06 07700 900101> ie
    < Da iawn, diolch. Welwn ni chi bryd hynny: Mer 11 Maw 2pm i 3pm.
    17:07 07700 900102> ie
    < Da iawn, diolch. Welwn ni chi bryd hynny: Mer 11 Maw 2pm i 3pm.
    == 2026-03-11
    15:05 07700 900102> WEDI GORFFEN 1 awr
    < Diolch! Gofynnwn i Eleri gytuno: dysgu rhywbeth, 1 awr.
    07700 900101 < Mae Gwyn yn dweud bod y gwaith wedi'i wneud: Dysgu rhywbeth, 1 awr. Ydy
      hynny'n iawn? Dywedwch wrthym, hefyd os aeth rhywbeth o'i le:
      http://127.0.0.1:8000/matches/[help] Tecstiwch A1 iawn, A2 ddim yn iawn.
    15:08 07700 900101> ie
    < Popeth wedi'i gytuno: dysgu rhywbeth, 1 awr. Tecstiwch DIOLCH [help] a gair neu ddau:
      byddwn ni'n eu hanfon ymlaen.
    07700 900102 < Dysgu rhywbeth, 1 awr: popeth wedi'i wneud a'i gytuno. Diolch am helpu eich
      cymdogion! http://127.0.0.1:8000/matches/[help]
    15:10 07700 900101> DIOLCH roedd yn hyfryd
    < Mae eich diolch ar ei ffordd i Gwyn.
    07700 900102 < Eleri (Dysgu rhywbeth): "Diolch yn fawr. roedd yn hyfryd"
      http://127.0.0.1:8000/matches/[help] Tecstiwch B a'ch geiriau i ateb.
    15:11 07700 900101> oriau
    < Cawsoch chi 1 awr yn fwy nag a roesoch. Gallwch ofyn am help o hyd. Aeth 1 awr i'ch
      helpwr: dysgu rhywbeth.
    15:12 07700 900102> oriau
    < Mae gennych chi 1 awr. Cawsoch chi 1 awr: dysgu rhywbeth.
    -- 15:15
    """
    story.plays(test_the_same_in_welsh.__doc__)
