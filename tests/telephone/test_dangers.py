"""What is danger is heard, however it is said: obliquely, in dialects, with words spelt wrongly."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms.dangers import in_danger
from sms.reading import read
from sms.tongues import tongues

EN = tongues("en")

DANGERS = """
A1 theres a fire
there's a fire
i cant see any point going on
you'd all be better off without me
ive said my goodbyes to everyone now
got the pills here and a bottle of wine, tonight's the night
im on the bridge and im going to jump
going to hang myself in the garage
i want to die please
dont want to wake up tomorrow
nothing left to live for
thinking about killing myself all day
i feel sucidal
wrote a note for the kids
my brother left a suicide note
i wish i was dead
i cannot go on any more
shes threatening to jump off the multi storey
he says hes going to end his life
nobody would miss me if i was gone
no reason to get up in the morning any more
put a rope round the beam in the loft
he's got his shotgun loaded
ive been cutting myself again
shes slit her wrists
my daughter has been self harming with a razor
hes banging his head against the wall and theres blood
i cut my arms again and it wont stop bleeding
taken an overdose
she took all her tablets with vodka
he swallowed a whole packet of paracetemol
ive had 30 codeine
found him with a needle in his arm
mum has taken double her insulin
took too many of my sleepers
cudnt breath last nite and its worse now help
hes not brething
shes stopped breathing
my chest feels tight and i cant catch my breath
baby has gone blue
lips turning blue
gasping for air
throat is closing up
asthma attack and the inhaler is empty cant breathe
pains in my chest going down my arm
crushing pain across his chest
think dads having a heart attack
hes clutching his chest all grey and sweaty
my left arm is numb and my chest is tight
her face has drooped on one side
nans slurring her words and cant lift her arm
i think my wife is having a stroke
his mouth has dropped
grandad's speech has gone all jumbled all of a sudden
hes unconcious
she wont wake up
i cannot wake my husband
my neighbour is unresponsive on the landing
he collapsed in the bathroom
passed out and wont come round
mums on the floor and not moving
the baby is floppy and wont wake
shes diabetic and her sugar is really low shes shaking
bleeding heavily and its not stopping
theres blood everywhere
coughing up blood
hes been stabbed
someones just been shot outside the chippy
cut his finger off with the saw
i can see the bone
hes choking on a sweet
something stuck in her throat she cant breathe
having an allergic reaction to nuts
his tongue is swelling up after a wasp sting
anaphylactic shock no epipen
she banged her head on the step and shes been sick since
hit his head hard and now hes confused
hes having a seizure
shes fitting on the floor
fit that wont stop five minutes now
foaming at the mouth
my waters have broken and im on my own
in labour and cant get a lift to hospital
contractions every two minutes
baby is coming now
28 weeks pregnant and bleeding
toddler drank bleach
my 2 year old has swallowed a button battery
the bairns been at her nans tablets
kid ate a dishwasher pod
she's licked the weedkiller off her hands, little lass is two and has drunk some
our lad ate toadstools in the woods
poured boiling water all over himself skin is peeling
house is on fire
the kitchens ablaze
flames coming out the window upstairs
smoke pouring from next doors loft
chip pan on fire
sofa caught fire
strong smell of gas
can smell gas in the stairwell
gas leak in the street
carbon monoxide alarm going off and i feel sick
co alarm sounding and we all have headaches
hes been electrocuted
power line down in the lane kids playing near it
trapped under the tractor
my leg is pinned under the wardrobe
stuck in the lift with a baby
wall fell on him
i can hear someone shouting for help
boy drowning in the canal
she fell in the river
someones fell through the ice on the pond
car swept away in the flood with people in it
water up to my waist and mum is in a wheelchair
cut off by the tide
car crash on the bypass people trapped
hes been knocked down by a van
motorbike gone into a wall rider not moving
car upside down in the ditch, someone in it
fell off the cliff path
hes stuck on the ledge of the quarry
shes freezing and wont wake
man lying in the snow not moving
rash that doesnt fade under a glass
think its meningitis
baby has a stiff neck and a fever
he hits me
my husband is beating me
hes battering her next door
he had his hands round my throat
my boyfriend strangled me last night
im hiding in the bathroom from him
scared to go home he will hurt me
dad is smashing up the house and im upstairs with the kids
carer is slapping my mum
he pushed me down the stairs
he said hes going to kill me
they threatened to burn the house down
says hell break my legs
got bricks thrown through my window they said theyll be back
hes got a knife
man with a machete in the street
there's a lad waving a gun about
she pulled a blade on me
i was raped
my uncle touches me at night
theres a man following me home
my ex is outside my house again he wont go
someone is trying to get in the back door
somebodys broken in and im hiding upstairs
theres an intruder downstairs
he locked me in the bedroom
locked in the house by my husband
they wont let me out
they are forcing me to marry my cousin
boss has taken our passports
hes going to send my nudes to everyone im 14
im 8 and im all alone
two kids left on their own next door
mummy wont wake up
little boy wandering in the road in his pyjamas
dads got dementia and hes gone missing in his slippers
my mum has alzheimers and has not come home
cant find my little girl in the park
my son is missing since last night hes 13
ive fallen and cant get up
mums fell down the stairs
been lying on the floor since last night
he has fell and i cant lift him he is on the bathroom floor
broke my hip on the ice and im still lying outside
neighbours milk piling up on the step and shes not answering
curtains shut for days and no answer at the door
the old man upstairs hasnt been seen for days
need an ambulence
call 999
send the police
he's no breathin
the wean's no wakin up
am feart o him he's got a chib
our kid's been shanked
me mam's collapsed la
he's hoyed hissel in the Tyne
wor lass cannit breathe
mandem outside wiv a rambo knife
he's deein please
ah canny get up aff the flair
yer man's battering his wife
""".strip().splitlines()


@pytest.mark.parametrize("text", DANGERS)
def test_danger_is_heard(text: str) -> None:
    assert in_danger(read(text), EN)


@given(st.text(max_size=300))
def test_nothing_that_is_typed_breaks_it(text: str) -> None:
    in_danger(read(text), EN)


@given(st.lists(st.sampled_from(" ".join(DANGERS).split()), max_size=40))
def test_nor_do_its_own_words_in_any_order(words: list[str]) -> None:
    in_danger(read(" ".join(words)), EN)


@given(
    st.sampled_from(DANGERS),
    st.sampled_from([str.upper, str.lower, str.title]),
    st.sampled_from([" ", "  ", " - ", ", ", " … "]),
)
def test_capitals_spaces_and_commas_change_nothing(text: str, how: object, between: str) -> None:
    assert callable(how)
    typed = between.join(how(text).split())
    assert sorted(map(str.lower, in_danger(read(typed), EN))) == sorted(in_danger(read(text), EN))


CALM = [
    "Thank you all.",
    "The bus was late last year.",
    "No rush, any time will do.",
    "Dying for a cuppa!",
    "My smoke alarm needs a battery.",
    "I had a stroke in March.",
    "No fire here.",
]


@given(st.sampled_from(DANGERS), st.sampled_from(CALM), st.booleans())
def test_what_is_harmless_hides_no_danger(text: str, calm: str, first: bool) -> None:
    assert in_danger(read(f"{calm} {text}" if first else f"{text}. {calm}"), EN)


def test_what_was_typed_is_told() -> None:
    found = in_danger(read("Help, there's a FIRE in the loft"), EN)
    assert any("theres a fire" in one for one in found)
