"""Names of people as they are common where a group meets; put together by chance."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

WOMEN = [
    "Agnes",
    "Alice",
    "Anne",
    "Beatrice",
    "Beth",
    "Caroline",
    "Catherine",
    "Damaris",
    "Dorcas",
    "Eunice",
    "Esther",
    "Evelyn",
    "Faith",
    "Florence",
    "Grace",
    "Hellen",
    "Irene",
    "Jane",
    "Janet",
    "Joyce",
    "Judith",
    "Lilian",
    "Lucy",
    "Lydia",
    "Margaret",
    "Mary",
    "Mercy",
    "Monica",
    "Nancy",
    "Pauline",
    "Peninah",
    "Priscilla",
    "Purity",
    "Rachael",
    "Rose",
    "Ruth",
    "Sarah",
    "Susan",
    "Tabitha",
    "Teresia",
    "Veronica",
    "Winfred",
]
MEN = [
    "Benard",
    "Charles",
    "Daniel",
    "David",
    "Dennis",
    "Dominic",
    "Edwin",
    "Elijah",
    "Francis",
    "Geoffrey",
    "George",
    "Gilbert",
    "Isaac",
    "James",
    "Jeremiah",
    "John",
    "Joseph",
    "Joshua",
    "Julius",
    "Kennedy",
    "Lawrence",
    "Martin",
    "Michael",
    "Moses",
    "Nicholas",
    "Patrick",
    "Paul",
    "Peter",
    "Philip",
    "Richard",
    "Robert",
    "Samuel",
    "Simon",
    "Stephen",
    "Titus",
    "Vincent",
    "Wilson",
]


@dataclass(frozen=True, slots=True)
class Community:
    """Given names by sex, and the family names that follow them."""

    women: Sequence[str]
    men: Sequence[str]
    families: Sequence[str]
    first_women: Sequence[str] = tuple(WOMEN)
    first_men: Sequence[str] = tuple(MEN)


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


KIKUYU = Community(
    _words(
        "Wanjiku Wambui Njeri Wangari Nyambura Wairimu Muthoni Waithera Wangui Nyokabi Mumbi "
        "Wanjiru Gathoni Wacera"
    ),
    _words("Kamau Mwangi Njoroge Kariuki Maina Karanja Gitau Kimani Ngugi Waweru"),
    _words(
        "Kamau Mwangi Njoroge Kariuki Maina Karanja Gitau Kimani Ngugi Macharia Waweru Githinji "
        "Ndung'u Kinyua Gichuru Mburu Wachira"
    ),
)
KALENJIN = Community(
    _words(
        "Chebet Jepkosgei Cherono Chepkoech Jerotich Chelangat Jemutai Chepngetich Jebet "
        "Chepkirui Cheptoo"
    ),
    _words("Kiprotich Kipchumba Kiptoo Kiprono Kipkemoi Kibet Kipngetich Kiplangat"),
    _words("Rotich Koech Langat Cheruiyot Bett Kirui Mutai Sang Korir Ngeno Too Chepkwony"),
)
LUO = Community(
    _words("Achieng Atieno Akinyi Adhiambo Awuor Anyango Apiyo Akoth Auma Awino Aoko"),
    _words("Otieno Ochieng Odhiambo Onyango Omondi Ouma Okoth Owino Opiyo Oduor"),
    _words(
        "Otieno Ochieng Odhiambo Onyango Omondi Ouma Okoth Owino Opiyo Oduor Okello Ogutu Owuor "
        "Nyongesa Ojwang"
    ),
)
LUHYA = Community(
    _words("Nekesa Nafula Naliaka Nasimiyu Ayuma Muhonja Minayo Khavere Nanjala Mukhwana Khasoa"),
    _words("Wafula Wanjala Barasa Simiyu Shikuku Makokha Ambani Shivachi"),
    _words(
        "Wafula Wanjala Barasa Simiyu Shikuku Makokha Ambani Shivachi Shiundu Khasiani Lihanda "
        "Lusweti Musungu Injendi Amukoya"
    ),
)
KAMBA = Community(
    _words("Mwikali Ndinda Mueni Mutheu Wayua Kanini Ndunge Syombua Nduku Katunge Kalekye Mbithe"),
    _words("Mutua Kioko Mutiso Muli Nzioka Makau Wambua Kyalo Musyoki Mutinda"),
    _words(
        "Mutua Musyoka Kioko Mutiso Muli Kilonzo Nzioka Mwendwa Makau Wambua Kyalo Muthama "
        "Nthenge Masila"
    ),
)
MIJIKENDA = Community(
    _words("Kadzo Dama Mbeyu Kache Sidi Nyevu Mapenzi Zawadi Jumwa Kanze Tabu"),
    _words("Kazungu Karisa Charo Katana Baya Kahindi Safari Kalama"),
    _words(
        "Kazungu Karisa Charo Katana Ngala Baya Kahindi Safari Kalama Nzai Fondo Chengo Tsuma "
        "Mwadzombo"
    ),
)
SWAHILI = Community(
    _words("Juma Salim Omar Hassan Said Ali Abdalla Bakari"),
    _words("Juma Salim Omar Hassan Said Ali Abdalla Bakari"),
    _words("Mohamed Athman Famau Shee Bwana Mbarak Mwinyi Ahmed Swaleh Yusuf"),
    _words("Fatuma Amina Zainab Mwanaisha Halima Rukia Saumu Khadija Asha Mwanajuma"),
    _words("Ibrahim Ismail Hamisi Rashid Khalid Suleiman Idris Twaha"),
)
KISII = Community(
    _words("Kemunto Moraa Kerubo Nyaboke Bosibori Kwamboka Nyanchama Mokeira"),
    _words("Ombati Mogaka Onchiri Momanyi Makori Nyamweya"),
    _words("Ombati Mogaka Onchiri Momanyi Makori Nyamweya Nyakundi Ongeri Omwenga Bosire"),
)


@dataclass(slots=True)
class Names:
    """Draws full names; none comes twice, so that a list of members is told apart."""

    rng: random.Random
    used: set[str] = field(default_factory=set)

    def draw(self, community: Community, *, woman: bool, family: str | None = None) -> str:
        """First, given and family name; `family` where it is that of a relative."""
        for _ in range(1_000):
            first = self.rng.choice(community.first_women if woman else community.first_men)
            given = self.rng.choice(community.women if woman else community.men)
            last = family or self.rng.choice(community.families)
            name = f"{first} {given} {last}"
            if given != last and name not in self.used:
                self.used.add(name)
                return name
        raise AssertionError("the lists of names are too short")
