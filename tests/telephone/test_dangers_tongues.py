"""Danger is understood in whatever language a frightened person types, and no ordinary need of
theirs is taken for it."""

import pytest

from sms.dangers.files import FILES
from sms.dangers.finding import found_in
from sms.dangers.wording import words_of

BRITISH = ("en", "cy")
OTHERS = [file for file in FILES if file.code not in BRITISH]

DANGERS = {
    "pl": ["pomocy dom sąsiada się pali", "maz mnie znowu bije, boje sie", "tata zasłabł i nie reaguje na nic", "corka polknela cala paczke tabletek"],
    "ro": ["vă rog repede, soția mea nu mai respiră", "barbatu meu ma bate in fata copiilor", "bunica a cazut si nu se poate ridica, curge sange"],
    "ur": ["hamare kitchen mein aag lag gayi hai", "میرا شوہر مجھے بہت مارتا ہے", "ammi behosh ho gayi hain jaldi karein", "میں اب اور نہیں جینا چاہتی"],
    "pa": ["ਮੇਰਾ ਘਰਵਾਲਾ ਮੈਨੂੰ ਰੋਜ਼ ਕੁੱਟਦਾ ਹੈ", "sadde ghar nu agg lag gayi", "bapu ji di chhati vich bahut peed hai", "main marna chaundi aan"],
    "hi": ["हमारे घर में आग लग गई है", "pati mujhe roz maarta hai bahut dar lag raha", "दादी बेहोश हो गई हैं", "अब मुझे जीना नहीं है"],
    "gu": ["ઘરમાં આગ લાગી છે મદદ કરો", "મારો પતિ મને રોજ મારે છે", "દાદાને છાતીમાં બહુ દુખાવો થાય છે", "mane marvu che"],
    "bn": ["আমাদের রান্নাঘরে আগুন লেগেছে", "amar shami amare roz mare", "আব্বার বুকে খুব ব্যথা করছে", "amma shash nite parsoin na", "আমি আর বাঁচতে চাই না"],
    "ar": ["في حريق عند الجيران الحقونا", "جوزي بيضربني كل يوم", "أمي وقعت ومش قادرة تقوم", "ما بدي أعيش بعد اليوم"],
    "fa": ["خونه همسایه آتیش گرفته", "شوهرم منو کتک می‌زنه", "پدرم سکته کرده", "دیگه نمیخوام زنده باشم"],
    "ku": ["mala cîranê me dişewite", "mêrê min li min dixe her roj", "bavê min ji hiş ketiye, bêhiş e", "ماڵەکەمان ئاگری گرتووە", "باوکم هەناسەی نایەت"],
    "tr": ["yan dairede yangın çıktı", "kocam beni her gün dövüyor", "annem bayıldı uyanmıyor", "artik yasamak istemiyorum"],
    "so": ["guriga deriska wuu gubanayaa", "ninkayga ayaa i garaacaya", "hooyo way miyir beeshay", "waxaan doonayaa inaan is dilo"],
    "pt": ["a cozinha esta a arder", "o meu marido bateu me outra vez e tenho medo", "o bebé engoliu uma pilha", "nao quero viver mais"],
    "es": ["se esta quemando la cocina", "mi novio me pega y tengo miedo", "mi padre se desmayó y no despierta", "ya no quiero vivir"],
    "it": ["aiuto la cucina va a fuoco", "mio marito mi picchia davanti ai bambini", "il nonno non respira", "non voglio piu vivere"],
    "fr": ["au secours la cuisine est en feu", "mon mari me frappe tous les jours", "ma mère ne respire plus", "je veux en finir ce soir"],
    "de": ["hilfe bei uns brennt die Wohnung", "mein Mann schlaegt mich", "Opa atmet nicht mehr", "ich will nicht mehr leben"],
    "uk": ["у сусідів горить квартира", "чоловік мене б'є при дітях", "тато знепритомнів", "я більше не хочу жити"],
    "ru": ["у нас в подъезде пожар", "муж меня избил", "бабушка упала и не может встать", "я больше не хочу жить"],
    "bg": ["гори апартаментът на съседа", "мъжът ми ме бие", "баща ми не диша", "mujat mi shte me ubie"],
    "lt": ["kaimynų bute gaisras", "vyras mane muša", "tevas nekvepuoja", "nebenoriu gyventi"],
    "lv": ["kaimiņu dzīvoklī ir ugunsgrēks", "vīrs mani sit mājās", "mamma ir bezsamaņā", "es vairs negribu dzivot"],
    "hu": ["kigyulladt a konyha", "a férjem megvert engem és félek", "apám nem kap levegőt", "nem akarok tovább élni"],
    "sk": ["horí nám kuchyňa", "manžel ma bije", "otec nedycha", "už nechcem žiť"],
    "cs": ["u sousedů hoří byt", "manžel mě zbil", "děda nedýchá", "uz nechci zit"],
    "el": ["το διπλανό διαμέρισμα έπιασε φωτιά", "ο άντρας μου με χτυπάει", "o pateras mou den anapneei", "δεν θέλω να ζω πια"],
    "sq": ["shtëpia e fqinjit po digjet", "burri më rreh përditë", "babi nuk po merr frymë", "nuk dua te jetoj me"],
    "zh": ["隔壁房子着火了", "我丈夫打我", "爷爷没有呼吸了", "我不想活了"],
    "yue": ["隔離屋火燭呀", "我老公打我", "阿爸唞唔到氣", "我唔想做人"],
    "vi": ["nhà hàng xóm đang cháy", "chồng tôi đánh tôi", "bo toi kho tho qua", "em không muốn sống nữa"],
    "tl": ["nasusunog ang bahay ng kapitbahay", "sinasaktan ako ng asawa ko", "hindi na humihinga si lolo", "gusto ko nang mamatay"],
    "ta": ["எங்கள் வீட்டில் தீ பிடித்து விட்டது", "என் கணவர் என்னை அடிக்கிறார்", "appa moochu vida mudiyala", "நான் தற்கொலை செய்யப் போகிறேன்"],
    "ti": ["ገዛና ይነድድ ኣሎ", "ሰብኣየይ ይወቕዓኒ", "ኣቦይ ከተንፍስ ኣይከኣለን", "ክመውት ደልየ"],
    "am": ["ቤታችን እየተቃጠለ ነው", "ባሌ ይደበድበኛል", "አባቴ መተንፈስ አልቻለም", "መሞት እፈልጋለሁ"],
    "sw": ["nyumba ya jirani inaungua", "mume wangu ananipiga kila siku", "baba hapumui", "nataka kujiua"],
    "yo": ["ilé wa ń jóná o", "oko mi n lu mi", "bàbá mi kò mí mọ́", "mo fẹ́ pa ara mi"],
    "sn": ["imba yedu iri kutsva", "murume wangu ari kundirova", "baba haasi kufema", "ndoda kufa"],
    "nl": ["de keuken staat in brand", "mijn man slaat me", "opa ademt niet meer", "ik wil niet meer leven"],
    "ht": ["kay vwazen an pran dife", "mari m ap bat mwen", "papa m pa ka respire", "mwen pa vle viv ankò"],
}  # fmt: skip

HARMLESS = {
    "pl": ["Czy ktoś mógłby zrobić mi zakupy w piątek? Mąż miał zawał w marcu", "w kuchni pali się światło i nie umiem wyłączyć"],
    "ro": ["As avea nevoie de cineva sa-mi duca cumparaturile joi", "mor de foame, gateste cineva azi"],
    "ur": ["mujhe jumme ko doctor ke paas jana hai, koi gari mein le jaye", "میری امی کو انگریزی سیکھنی ہے"],
    "pa": ["mainu shukarvar nu shopping layi madad chahidi hai", "ਮੈਨੂੰ ਡਾਕਟਰ ਕੋਲ ਜਾਣ ਲਈ ਲਿਫਟ ਚਾਹੀਦੀ ਹੈ"],
    "hi": ["मुझे शुक्रवार को अस्पताल जाने के लिए गाड़ी चाहिए", "पापा को पिछले साल दिल का दौरा पड़ा था, दवाई लानी है"],
    "gu": ["મને શુક્રવારે ખરીદી માટે મદદ જોઈએ છે", "મારી દવા કોઈ લાવી આપશે?"],
    "bn": ["শুক্রবার ডাক্তারের কাছে যেতে গাড়ি লাগবে", "amar oshudh ta keu ene dite parben"],
    "ar": ["أحتاج من يوصلني إلى المستشفى يوم الجمعة", "هل يستطيع أحد أن يحضر لي الدواء من الصيدلية"],
    "fa": ["برای خرید جمعه کمک لازم دارم", "پدرم سال پیش سکته کرد، کسی می‌تواند داروهایش را بیاورد"],
    "ku": ["ji kerema xwe kesek dikare min bibe doxtor roja înê", "پێویستم بە یارمەتییە بۆ کڕین"],
    "tr": ["cuma günü markete gitmek için yardım lazım", "açlıktan ölüyorum, yemek yapan var mı"],
    "so": ["waxaan u baahanahay qof i geeya dhakhtarka jimcaha", "dawadayda ma ii soo qaadi kartaa"],
    "pt": ["preciso de boleia para o hospital na sexta", "estou a morrer de fome, alguém cozinha hoje"],
    "es": ["necesito que alguien me lleve al médico el viernes", "me muero de hambre, hay comida hoy"],
    "it": ["mi serve un passaggio dal dottore venerdì", "sto morendo di fame, qualcuno cucina"],
    "fr": ["j'ai besoin de quelqu'un pour les courses vendredi", "je meurs de faim, qui cuisine ce soir"],
    "de": ["Ich brauche am Freitag jemanden zum Einkaufen, die Kinder sind krank", "mein Vater hatte letztes Jahr einen Schlaganfall, braucht Besuch"],
    "uk": ["потрібна допомога з покупками у п'ятницю", "у кухні горить світло, не можу вимкнути"],
    "ru": ["нужна помощь с покупками в пятницу", "у отца год назад был инсульт, нужны продукты"],
    "bg": ["трябва ми помощ с пазаруването в петък", "умирам от глад, някой готви ли"],
    "lt": ["reikia pagalbos apsipirkti penktadienį", "virtuvėje dega šviesa, neišsijungia"],
    "lv": ["vajag palīdzību ar iepirkšanos piektdien", "tēvam pirms gada bija insults, vajag zāles"],
    "hu": ["segítségre van szükségem a bevásárlásban pénteken", "apámnak tavaly szívinfarktusa volt, gyógyszer kell"],
    "sk": ["potrebujem pomoc s nákupom v piatok", "otec mal vlani infarkt, treba mu lieky"],
    "cs": ["potřebuju pomoct s nákupem v pátek", "táta měl loni mrtvici, potřebuje léky"],
    "el": ["χρειάζομαι βοήθεια με τα ψώνια την Παρασκευή", "πεθαίνω της πείνας, μαγειρεύει κανείς"],
    "sq": ["kam nevojë për ndihmë me blerjet të premten", "kush mund të më çojë te mjeku"],
    "zh": ["周五需要有人帮我买菜", "我爸去年中风，需要人拿药"],
    "yue": ["星期五想搵人幫手買餸", "想搵人傾電話，打電話俾我都得"],
    "vi": ["thứ sáu tôi cần người chở đi bác sĩ", "vòi nước trong bếp bị chảy, ai sửa giúp"],
    "tl": ["kailangan ko ng tulong sa pamimili sa Biyernes", "sino pwede maghatid sa akin sa doktor"],
    "ta": ["வெள்ளிக்கிழமை கடைக்குப் போக உதவி வேண்டும்", "mathirai vaanga yaravathu udhavi pannunga"],
    "ti": ["ዓርቢ ናብ ሓኪም ዝወስደኒ ሰብ የድልየኒ", "ንዕዳጋ ሓገዝ የድልየኒ"],
    "am": ["ዓርብ ወደ ሐኪም የሚወስደኝ ሰው እፈልጋለሁ", "ለግዢ እርዳታ ያስፈልገኛል"],
    "sw": ["nahitaji msaada wa ununuzi siku ya Ijumaa", "nani anaweza kunipeleka kwa daktari"],
    "yo": ["mo nílò ìrànlọ́wọ́ láti ra oúnjẹ ní ọjọ́ ẹtì", "mi ò lè bá àwọn ọmọ mi sọ̀rọ̀, fóònù ti bàjẹ́"],
    "sn": ["ndinoda rubatsiro kunotenga chikafu neChishanu", "ndiani angandiendesa kuna chiremba"],
    "nl": ["ik zoek iemand voor de boodschappen op vrijdag", "vader had vorig jaar een beroerte, medicijnen halen"],
    "ht": ["mwen bezwen yon moun pou fè makèt vandredi", "kiyès ki ka mennen m kay doktè"],
}  # fmt: skip


@pytest.mark.parametrize("code", DANGERS)
def test_danger_is_understood_in_the_language_it_is_told_in(code: str) -> None:
    own = [file for file in OTHERS if file.code == code]
    missed = [text for text in DANGERS[code] if not list(found_in(words_of(text), own))]
    assert own
    assert not missed


@pytest.mark.parametrize("code", HARMLESS)
def test_an_ordinary_need_rings_in_no_language(code: str) -> None:
    rang = {text: list(found_in(words_of(text), OTHERS)) for text in HARMLESS[code]}
    assert not {text: found for text, found in rang.items() if found}


def test_every_language_of_danger_is_tried_out() -> None:
    codes = {file.code for file in OTHERS}
    assert codes == set(DANGERS) == set(HARMLESS)
    assert all(len(texts) >= 3 for texts in DANGERS.values())
