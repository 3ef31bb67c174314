"""Danger in Welsh, of the north and of the south, and what only sounds like it."""

import pytest

from sms.dangers import in_danger
from sms.reading import read
from sms.tongues import tongues

CY = tongues("cy")

DANGERS = """
dwi isio marw
sai'n moyn byw rhagor
dwi'm yn gweld pwynt cario mlaen
bydde pawb yn well hebdda i
wedi sgwennu llythyr ffarwel i'r plant
mae hi'n sefyll ar ochr y bont ac isio neidio
ma fe wedi torri ei hunan 'da rasel
gorddos, wedi llyncu'r paced cyfan o dabledi
mae o wedi cymryd gormod o baracetamol
methu anadlu
dyw'r babi ddim yn anadlu
poen mawr yn ei brest ac i lawr ei braich
trawiad ar y galon
mae Mam yn cael strôc dwi'n meddwl
un ochor o'i wyneb wedi disgyn
mae Nain yn anymwybodol ar y llawr
ffaelu dihuno fy ngwraig
mae o'n gwaedu'n drwm o'i ben
cael ffit ers pum munud
mae'r babi wedi llyncu batri
y plentyn wedi yfed cannydd
tŷ drws nesa ar dân
mwg mawr yn dod o'r to
oglau nwy yn y gegin
larwm carbon monocsid yn canu
sownd o dan y tractor
car yn y ffos a'r gyrrwr yn sownd
mae rhywun wedi disgyn i'r afon
boddi yn y llyn
mae'r gŵr yn fy nharo i
mae e'n bygwth lladd fi
mae ganddo gyllell
dyn efo cyllell tu allan i'r drws
mae 'na ddyn gydag un gyllell tu allan
rhywun yn torri i mewn
mae o wedi fy nghloi i mewn yn y stafell
Dad ar goll ers bore, dementia arno fo
plant bach ar ben eu hunain drws nesa ers ddoe a neb yno
Mam wedi cwympo a methu codi
neb wedi gweld Mrs Jones ers dyddiau, llefrith ar y stepan a neb yn ateb
ffoniwch ambiwlans
""".strip().splitlines()

HARMLESS = """
batri'r larwm mwg angen ei newid
all rhywun osod larwm mwg i mi
coed tân am ddim
noson tân gwyllt, eisiau cwmni i'r ci
y bil nwy yn ddryslyd
dyn nwy yn dod fory
cael strôc llynedd, angen help efo siopa
ar ôl ei strôc mae angen lifft
marw isio paned
boddi mewn gwaith papur
boddi dan afalau
prawf gwaed bore Llun
rhoi gwaed yn y neuadd
cwrs cymorth cyntaf
mae'r gath ar goll
allweddi ar goll yn y parc
clwb strôc dydd Iau
lifft i'r ysbyty dydd Mawrth
angen rhywun i eistedd efo Mam
torri'r gwair os gwelwch yn dda
torri gwallt adre
newid bylb yn y gegin
ffurflen i'w llenwi
gwersi Cymraeg
wedi colli fy ngŵr, unig iawn
dŵr poeth ddim yn gweithio
casglu tabledi o'r fferyllfa
mynd â'r ci am dro
cadair olwyn i'w benthyg
mae'r bws yn lladd amser
diolch yn fawr i bawb
gwarchod y plant nos Wener
""".strip().splitlines()


@pytest.mark.parametrize("text", DANGERS)
def test_danger_is_heard(text: str) -> None:
    assert in_danger(read(text), CY)


@pytest.mark.parametrize("text", DANGERS)
def test_whatever_language_the_phone_has(text: str) -> None:
    assert in_danger(read(text.upper()), tongues("en"))


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_sounds_like_it_is_none(text: str) -> None:
    assert in_danger(read(text), CY) == ()
