"""What is danger in other languages is nothing in ordinary English and Welsh: all languages are
always looked for, and *die*, *gas*, *brand*, *morte* or *sang* are words of several."""

from sms.dangers.files import sayings
from sms.dangers.finding import found_in
from sms.dangers.wording import words_of
from sms.reading import read

OTHERS = [file for file in sayings().files if file.code not in ("en", "cy")]

ENGLISH = [
    "could someone pick up my shopping on friday, knee's bad",
    "the gas man is coming tuesday, can somebody be in for him",
    "need a lift to chest clinic monday 10am, BS7 9AB",
    "I'm dying for a cuppa and some company",
    "this heat is killing me, anyone got a fan to lend",
    "smoke alarm needs a new battery and I can't reach it",
    "had a heart attack in march so no lifting for me",
    "my brand new washing machine will not drain",
    "Mari me and the kids want to help with the garden",
    "lost me bat and ball, anyone seen them by the park",
    "can anyone sit with my husband while I get my hair cut",
    "we sang carols at the hall, lovely evening, ta",
    "fire door at the community centre sticks, joiner wanted",
    "I've a spare bed and a chest of drawers, free to a good home",
    "dog walker wanted, my leg is in plaster after a fall last month",
    "the kids have swallowed up all my time, need a babysitter",
    "who can teach me to knit, I keep dropping stitches",
    "our Dom can do the bins tues, he lives in NI now tho",
    "ma man needs a shave and a haircut, is there a barber who visits",
    "bring me tape and boxes please, moving house saturday",
    "ex army, happy to drive anyone to the hospital",
    "I can give a hand in the garden, got my own knife and saw",
    "kill two birds, could you post my letters on the way to the shop",
    "pan of soup going spare, knock on the door at 12",
    "need help to fill in a form about the gas bill",
    "help wanted to put up shelves in the kitchen",
    "the pain of moving, has anybody got a van",
    "Sal and Moe want to join the walking group",
    "bread, milk, and a tin of tuna, e.g. the cheap one",
    "is it the 5th or the 6th you said, cant find my glasses",
    "my mum is 86 and lonely, someone to chat in polish would be nice",
    "son needs a maths tutor, year 9",
    "door bell is broken and the lock sticks, who can mend it",
    "the bus stop has gone so I can't get to the surgery",
    "me and my ex share the car so only alternate weekends",
    "water's off in our road, any bottled about",
    "boiler broken and it's cold, has someone a heater",
    "tablets to collect from the chemist, too far to walk",
    "baby clothes 0 to 3 months to give away",
    "shot up to bed early, sorry I missed your text",
    "how many hours have I got",
    "A2 yes but after three",
    "can't do that day, sorry love",
    "no need to fret about me, I'm right as rain",
    "my phone died, can you ring the landline",
    "please stop texting me",
    "need someone to read my letters, eyes are going",
    "the cat is missing since sunday, black with a white sock",
    "police commissioner leaflet came, what is it about",
    "took my tablets, now waiting for the nurse, could do with milk",
    "ambulance was lovely last week but now I've no way home from clinic",
    "stroke group meets thursday, need a lift there and back",
    "our lad is drowning in homework, help with physics",
    "could murder a curry, anyone cooking tonight",
    "the garden's got away from me since Harold passed",
    "van hire is a rip off, who can shift a sofa",
    "to be fair he hit the nail on the head, so thank him for me",
    "man with a ladder needed, gutters are full",
    "mate, the wifi is dead again, any computer people",
    "first aid course at the hall, who wants to come",
    "sin bin for my plants, rat poison wanted for the shed",
    "lag the pipes before the frost, I am not able to",
]

WELSH = [
    "all rhywun nôl fy siopa ddydd Gwener",
    "dwi angen lifft i'r ysbyty fore Llun am ddeg",
    "mae'r gath ar goll ers dydd Sul",
    "oes gan rywun ysgol i'w benthyg",
    "dwi bron â marw eisiau paned",
    "mae angen trwsio'r drws ffrynt, mae'n sownd",
    "gallaf roi help yn yr ardd bore fory",
    "mae gen i wely sbâr i'w roi am ddim",
    "mae mam yn unig, hoffai gwmni",
    "ges i drawiad llynedd, felly dim codi pwysau i mi",
    "batri'r larwm mwg angen ei newid",
    "pwy all ddysgu Cymraeg i mi",
    "mae'r boeler wedi torri ac mae'n oer",
    "diolch o galon, mi wela i chi fory",
    "sawl awr sydd gen i",
    "dim angen poeni amdana i",
    "nôl fy nhabledi o'r fferyllfa os gwelwch yn dda",
    "mae'r bws wedi mynd, all rhywun fy ngyrru i'r feddygfa",
    "da ni'n canu carolau yn y neuadd nos Iau",
    "mae Mari a me'r plant isio helpu",
    "bil nwy anodd ei ddeall, oes rhywun yn dallt ffurflenni",
]


def test_ordinary_english_and_welsh_rings_in_no_other_language() -> None:
    rang = {text: list(found_in(words_of(read(text)), OTHERS)) for text in ENGLISH + WELSH}
    assert len(ENGLISH) >= 60
    assert len(WELSH) >= 20
    assert not {text: found for text, found in rang.items() if found}
