"""What only sounds like danger is none: times past, ways of speaking, noes, and names of things."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sms.dangers import in_danger
from sms.reading import read
from sms.tongues import tongues

EN = tongues("en")

HARMLESS = """
this bus is killing me
my knees are killing me can someone dig the border
these shoes are killing me
me back is killing me so no lifting
i could kill for a bacon sandwich
id kill for a lie in
dying for a cuppa
dying to meet you all
dying to get out the house
killing time till tuesday
that joke had me killing myself laughing
laughed till i cried
i nearly died laughing
nearly had a heart attack when i saw the bill
you gave me a heart attack jumping out like that
scared me half to death that owl
bored to death in here any company
worked to death this week
dead easy to find, just past the church
dead chuffed with the shelf
the car battery is dead need a jump
dead battery in the hearing aid
flat battery, jump leads anyone
killing two birds with one stone i can do both
need something to kill the weeds
slugs are murdering my lettuces
the wind has murdered my fence
the wife will kill me if i forget the milk
she'll kill me if i paint it green
had a stroke last year, need a hand with shopping
stroke in march so i walk slow
after his stroke he cant drive
stroke club meets thursdays
my dad had a heart attack in 2019
heart attack two years ago, all mended
recovering from a heart op need dog walked
had a fall last month so need someone to walk with
broke my hip in june and need shopping
fell off a ladder last summer so no more gutters for me
been discharged from hospital need a lift home
after my overdose last year i joined the choir
i was suicidal years ago and now i volunteer
collecting for the suicide prevention charity
smoke alarm needs a new battery
smoke alarm keeps beeping can anyone change the battery
can someone fit a smoke detector for me
carbon monoxide alarm needs fitting
co alarm battery is low
fire wood wanted
i have fire wood to give away
firewood delivered anyone
fireworks scare my dog, company on saturday
bonfire night sitter wanted
bonfire party at the hall all welcome
fireplace needs sweeping
the fire door sticks
fire extinguisher for the hall needed
fire safety visit on monday
there's no fire here
we sat by the fire all evening
lovely log fire here come and get warm
getting on like a house on fire
i live opposite the fire station
fire drill at the hall at 2
gas bill help please
the gas man is coming at 10 need someone in
gas meter reading
running out of gas on the meter till friday
gas cooker to give away
calor gas bottle to carry
no gas leak, all fixed, thanks
i smell a rat with this bill
first aid course places going
i can teach first aid
i volunteer with st john ambulance
used to drive an ambulance so im a good driver
patient transport ambulance is always late need lift
stroke of luck that was
attack of the giggles at bingo
panic attack at the shop last week want company
the bees attacked the postman in july haha
dog attacked my slippers
drowning in paperwork
drowning in ironing
drowning in courgettes help yourselves
flooded last month need help drying the carpet
the flood has gone down, mud everywhere, need shovels
sink is blocked
tap wont stop dripping
the toilet wont stop running
radiators need bleeding
bleeding radiators who can do it
bleeding cold today
blood test on monday at 9 need a lift
blood pressure check lift needed
blood donors lift to the hall offered
stuck indoors with a cold
stuck on the crossword
stuck in traffic be there at 4
i am stuck for a lift on tuesday
trapped nerve in my back cant hoover
locked out again, key inside
keys locked in the car
lock on the shed is broken
missing a button on my coat
the cat is missing
missing piece of the jigsaw
i lost my keys in the park
missing the company since jean died
my husband died last year and i am lonely
lost my wife in may, would like company
our dog died
crash course in welsh wanted
crash helmet to give away
laptop crashed can someone look
the telly exploded with noise, sorry, turn it down please
phone died sorry for late reply
curtain fitting needed
kitchen fitting done cheap
keep fit class on friday
fit and well thanks
hit the nail on the head there
hit me up if you need a driver
hitting the shops tomorrow want owt
beat the carpet for me please
chess player wanted, someone who beats me
i can whip up a cake
shot of espresso
flu shot at the surgery need a lift
cut the grass please
cut my hedge please
can someone cut my hair at home
knife sharpening offered
knife block to give away
need knives and forks for the hall supper
glue gun to borrow
nail gun for the fence
hammer and nails to lend
axe to borrow for logs
battery for the doorbell
box of dishwasher tablets and bread please
bleach and washing powder from lidl
my tablets are at boots
tablets to be picked up today
repeat prescription paracetamol 500mg
can someone get my heart pills
inhaler to collect from the chemist
i have dementia in the family, friendly cafe anywhere
dementia group at the library
mum has dementia, someone to sit with her thursday
my son is autistic and loves trains
two kids need a lift to school
babysitter wanted saturday
baby clothes wanted
baby shower saturday
labour party leaflets to deliver
labour of love this garden
waters the plants while im away
the water is off in our street
no hot water since monday
boiler has broken down
power cut last night, freezer food going off
cant get up the ladder to change a bulb
cant get up the stairs with my shopping
the shed has collapsed
the fence collapsed in the wind
table collapsed need a joiner
shelf fell off the wall
the tree fell on the fence
my chest of drawers wants moving
chest freezer free
chest infection so cant walk the dog
i cant stand long enough to iron
my arm is in plaster need help with washing up
sore leg
my face cream from boots
eye drops to collect
the police station is near me
off work with my back
my neighbour is away till friday
feeding my neighbours cat
milk and papers please
please leave the milk on the step
curtains to hem
no i am not in danger
nobody hurt, just need a lift home, car wont start
false alarm everyone is fine
help please with a form
stop dead on 4 please
my daughter is getting married, need flowers
passport form help
a bus to the hospital at 3
my ex has moved out and i need a van
cliff richard records to give away
on the edge of the village, white house
over the bridge, second left
bridge club on mondays
my roof leaks
""".strip().splitlines()


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_sounds_like_it_is_none(text: str) -> None:
    assert in_danger(read(text), EN) == ()


@given(st.sampled_from(HARMLESS), st.sampled_from([str.upper, str.lower, str.title]))
def test_nor_in_capitals(text: str, how: object) -> None:
    assert callable(how)
    assert in_danger(read(how(text)), EN) == ()


@given(st.sampled_from(HARMLESS), st.sampled_from(["  ", ", ", " - "]))
def test_nor_with_commas(text: str, between: str) -> None:
    assert in_danger(read(between.join(text.split())), EN) == ()


def test_what_makes_it_harmless_stands_in_the_same_sentence() -> None:
    assert in_danger(read("There's a fire. Lovely log fire last year."), EN)
    assert in_danger(read("I had a stroke last year. He has collapsed"), EN)
