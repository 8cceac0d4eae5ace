"""The words of neighbourhood life: data that anybody may read and add to.

After a change, the stored keys have to be made anew (`docs/similar.md`), and the pairs in the tests tell whether it is better.
"""


def words(text: str) -> frozenset[str]:
    """The words of a text, to look up."""
    return frozenset(text.split())


THEMES: dict[str, str] = {
    "zitten": """
        bank bankje zitbank parkbank zitplek zitplaats zitten zitje uitrusten rustplek rustpunt stoel picknicktafel picknickbank
        zithoek zitgelegenheid zitmeubel uitpuffen uitblazen neerploffen
    """,
    "schaduw": """
        schaduw zon zonnetje hitte heet bloedheet koel koelte verkoeling afkoelen zonnescherm schaduwdoek snikheet hete warm warmte
        heter warmer
    """,
    "groen": """
        boom bomen groen groener vergroenen plant planten struik heg haag gras gazon bloem bloemen bloembak plantenbak plantsoen
        natuur beplanting geveltuin groenstrook versteend stenig boompje begroeiing vergroening bosje perk perken perkje
        biodiversiteit gevelgroen tuin plantjes fruitbomen klimplanten struikjes
    """,
    "tuinieren": "moestuin buurttuin pluktuin tuinieren tuintjes volkstuin groenten groentetuin",
    "onkruid": "onkruid overwoekerd dichtgegroeid overgroeid",
    "afval": """
        afval zwerfafval zwerfvuil vuil vuilnis vuilniszak vuilniszakken rommel troep rotzooi zooi bende vies smerig viezigheid
        schoon schoner schoonmaken opruimen opgeruimd blikjes peuken grofvuil dumpen gedumpt vegen afvalzakken plastic bankstel
        matras matrassen meubels koelkast karton puin scherven glas pizzadozen etensresten sigaretten vuilnismannen vuilniswagen
        vuilophaal
    """,
    "afvalbak": """
        prullenbak afvalbak vuilnisbak container afvalcontainer containers glasbak papierbak kliko kliko's vuilcontainer puilen
        puilt uitpuilt legen geleegd bakken vuilbak peukenbak blikvanger
    """,
    "hondenpoep": """
        hondenpoep hondepoep poep drol drollen hondendrol hondendrollen hondenstront stront uitwerpselen poepzakje poepzakjes
        hondenpoepbak uitwerpsel hondenuitwerpselen ontlasting
    """,
    "honden": """
        hond honden hondje hondenveld hondenveldje uitlaten uitlaatveld uitlaatplek losloopveld loslopen uitlaatplaats
        hondeneigenaren
    """,
    "snelheid": """
        hard harder hardrijden snelheid snel sneller racen racet racers racebaan scheuren scheurt geracet jakkeren sjezen crossen
        flitser flitspaal hardrijders snelheidscontrole 30km zone30 stapvoets circuit scheurijzers hardrijder wegracen
    """,
    "drempel": "drempel drempels verkeersdrempel snelheidsdrempel verkeersremmer chicane wegversmalling",
    "verkeer": "verkeer sluipverkeer sluiproute verkeersdrukte file autoverkeer doorgaand",
    "vrachtwagens": "vrachtwagen vrachtverkeer vrachtauto bezorgbusjes bestelbus bestelbusjes",
    "licht": """
        licht lamp lampen verlichting verlichten verlicht donker pikdonker duister lantaarn lantaren lantaarnpaal lantarenpaal
        straatlantaarn straatverlichting lichtmast lampje lantaarns schemer belicht verlichte onverlicht lichten
    """,
    "spelen": """
        speeltuin speelplek speelplaats spelen speel speeltoestel speeltoestellen glijbaan schommel klimrek klimtoestel wipkip
        zandbak speelveld speelveldje speelruimte speelgelegenheid buitenspelen speeltje klimmen schommelen speeltuintje klimboom
    """,
    "kinderen": "kinderen kind kindje kids peuter peuters kleuter kleuters kleintjes kleinkinderen",
    "sport": """
        voetbal voetballen basketbal basketballen trapveld trapveldje voetbalveld voetbalveldje voetbalkooi pannakooi doel doeltje
        goal goaltjes sporten sport sportveld fitness fitnesstoestel beweegtuin bewegen skatebaan skaten gymles basket basketbalring
        tennistafel tafeltennis pingpongtafel voetbaldoel voetballers
    """,
    "jongeren": "jongeren jongere jeugd tiener tieners puber pubers jongens jongerenwerk jongerenwerker meiden jongen scholieren",
    "hangjongeren": "hangjongeren hangjeugd rondhangen rondhangt rondhangende straatjeugd",
    "hangplek": "hangplek jongerenplek jongerencentrum jongerenhonk jongerenhuis honk",
    "ouderen": "ouderen oudere bejaarden senioren senior ouderdom oma opa",
    "geluid": """
        lawaai herrie geluid geluidsoverlast kabaal geschreeuw schreeuwen gegil slapen wakker nachtrust luidruchtig geluidshinder
        slaap dreunen bonken toeteren blaffen geblaf rumoer gejoel dreunende gehorig gehorige stil stilte
    """,
    "muziek": "muziek concert muziekles bandje",
    "overlast": "overlast hinder last",
    "oversteken": """
        oversteken oversteek oversteekplaats oversteekplek zebrapad zebra stoplicht verkeerslicht overkant voetgangerslicht
        overstekende overstekers
    """,
    "parkeren": """
        parkeren parkeerplaats parkeerplaatsen parkeerplek parkeerplekken geparkeerd parkeervak parkeergarage parkeerdruk
        parkeervergunning foutparkeren foutparkeerders dubbelparkeren parkeer parkeergelegenheid parkeertarief
    """,
    "autos": "auto auto's autos automobilist automobilisten wagen autoluw autovrij",
    "laadpaal": "laadpaal laadpalen opladen laadplek laadpunt",
    "fietsen": "fiets fietsen fietser fietspad fietspaden fietsroute fietsstraat fietsstrook fietsverbinding",
    "fietsenrek": """
        fietsenrek fietsenstalling fietsrek stalling fietsnietjes fietsklem fietstrommel fietsparkeren stallen fietsenhok
    """,
    "scooters": """
        scooter brommer brommertjes fatbike fatbikes deelscooter bromfiets crossbrommer crossbrommers scooters brommers motoren
        motor
    """,
    "bestrating": """
        stoep trottoir tegel tegels stoeptegel stoeptegels bestrating kuil kuilen gat gaten verzakt verzakking hobbel hobbelig
        wegdek asfalt scheef ongelijk losliggend voetpad wandelpad struikelen boomwortels stoepen stoeprand klinkers straatwerk
    """,
    "wateroverlast": """
        wateroverlast regen regenwater plas plassen riool put putten kolk verstopt overstroming onderlopen blank regenbui afvoer
        hoosbui overstroomt ondergelopen onderloopt modder
    """,
    "toegankelijk": """
        rolstoel rollator scootmobiel toegankelijk toegankelijkheid kinderwagen blinden slechtziend hellingbaan oprit gehandicapten
        invalide mindervaliden blind rolstoelen
    """,
    "ontmoeten": """
        ontmoeten ontmoeting ontmoetingsplek ontmoetingsplaats samenkomen koffie koffiedrinken buurthuis buurtkamer huiskamer inloop
        eenzaam eenzaamheid gezellig gezelligheid praatje buurtcentrum wijkcentrum koffieochtend contact kletsen bakkie thee
        theedrinken alleenstaand alleenstaanden isolement koffietafel inloopochtend inlooppunt inloopavond eenzame bezoek
        ontmoetingsruimte huiskamerproject kletspraatje leeftijdsgenoten
    """,
    "eten": "eten maaltijd buurtmaaltijd koken eettafel eetclub kookclub eetcafe restaurant",
    "feest": """
        feest buurtfeest straatfeest barbecue bbq burendag festival vrijmarkt rommelmarkt kerstmarkt buurtbarbecue feestje cultureel
        culturele cultuur culturen braderie
    """,
    "activiteiten": "activiteit activiteiten uitje vermaak vervelen bingo",
    "ratten": "rat ratten muis muizen ongedierte rattenplaag",
    "vogels": "meeuw meeuwen duif duiven vogel vogels eend eenden nestkast",
    "drugs": "drugs dealen dealer dealers drugsdealer gedeald drugshandel wiet blowen lachgas joint jointjes",
    "onveilig": """
        onveilig veilig veiliger veiligheid eng bang durf gevaarlijk gevaar griezelig ongeluk angstig onveiligheid doodeng
        ongelukken botsing aangereden gevaarlijker
    """,
    "inbraak": """
        inbraak inbraken inbreker diefstal gestolen stelen fietsendiefstal ingebroken beroofd overval overvallen insluipers dief
        dieven gejat jatten beroving autokraak autoinbraak
    """,
    "toezicht": """
        politie wijkagent handhaving handhaver handhavers boa toezicht camera camera's cameratoezicht surveillance buurtpreventie
        agent agenten
    """,
    "vuurwerk": "vuurwerk knallen vuurwerkbommen rotjes",
    "bus": "bus bushalte tram halte buslijn busverbinding haltehokje bushokje",
    "vocht": "schimmel vocht vochtig lekkage lekt tocht tochten tochtig",
    "energie": "isolatie isoleren zonnepanelen energie energierekening stookkosten verduurzamen duurzaam warmtepomp",
    "woningen": """
        woning woningen huurhuis huurwoning huurwoningen starterswoning seniorenwoning appartement appartementen wooncomplex
    """,
    "huur": "huur huurprijs huurverhoging betaalbaar betaalbare huurder woonlasten",
    "winkels": "winkel winkels supermarkt bakker slager winkeltje boodschappen leegstand buurtwinkel groenteboer drogist",
    "zorg": "huisarts huisartsen dokter apotheek gezondheidscentrum tandarts fysio wijkverpleegkundige ziek",
    "taal": "taal taalles taallessen taalcursus taalcafe inburgering nederlandse taalmaatje",
    "huiswerk": "huiswerk huiswerkbegeleiding huiswerkhulp bijles huiswerkklas",
    "geld": "geld armoede schuld schulden voedselbank rondkomen geldzorgen toeslagen geldproblemen uitkering",
    "toilet": "toilet toiletten wc wc's urinoir wildplassen",
    "watertap": "watertap drinkwater drinkwaterpunt kraantje waterpunt drinkfontein",
    "boeken": "bibliotheek bieb boek boeken boekenkast minibieb boekenkastje boekenruilkast",
    "kunst": "kunst muurschildering mural kunstwerk schildering beeld",
    "graffiti": "graffiti beklad kladden tags",
    "stank": "stank stinkt stinken geur rioollucht houtkachel houtrook rook roken rioolgeur walm uitlaatgassen fijnstof",
    "zwemmen": "zwembad zwemmen zwemles zwemplek pierenbadje zwem zwemuurtje",
    "afsluiting": "hek hekje hekwerk paal paaltje paaltjes slagboom poort",
    "vandalisme": "vandalisme vernield vernielen vernieling kapotgemaakt slopen sloop",
    "nieuws": "nieuwsbrief informatie informeren nieuws buurtkrant wijkkrant communicatie",
    "snoeien": "snoeien gesnoeid snoei snoeiwerk maaien gemaaid maai overhangend overhangende",
    "weesfietsen": "weesfiets weesfietsen fietswrak fietswrakken",
    "vrouwen": "vrouwen vrouw moeders meisjes",
    "mannen": "mannen vaders",
    "wandelen": "wandelen wandelgroep wandelclub wandeling hardlopen",
    "zingen": "zingen koor zangkoor zang buurtkoor liedjes",
    "computer": "computer computerles computers digitaal internet laptop smartphone",
    "werk": "werk bijbaan baantje stage vacature solliciteren werkloos werkplek",
    "vrijwilligers": "vrijwilliger vrijwilligers vrijwilligerswerk",
    "repareren": "repareren repaircafe reparatie reparaties",
    "handwerken": "naaien naailes handwerken breien naaiatelier naaimachine",
    "kinderopvang": "kinderopvang creche peuterspeelzaal bso oppas",
    "borden": "bord borden bordje bordjes bewegwijzering wegwijzer",
    "aed": "aed reanimatie defibrillator ehbo",
    "insecten": "wespen wespennest muggen eikenprocessierups",
    "katten": "kat katten kattenpoep",
    "horeca": "terras terrassen horeca cafe kroeg lunchroom",
    "gladheid": "glad gladde gladheid strooien sneeuw ijzel strooi spekglad",
    "bladeren": "bladeren blaadjes herfstbladeren blad",
    "trillingen": "trilling trillingen trilt trillen",
    "zicht": "zicht onoverzichtelijk overzichtelijk uitzicht",
    "breedte": "smal breder verbreden nauw smalle",
    "lift": "lift liften",
    "hulp": "formulieren formulier brieven brief spreekuur papieren paperassen",
    "waterspelen": "fontein waterspeelplek waterspeelplaats waterspeeltuin bedriegertjes",
    "lessen": "les lessen cursus workshop training",
    "fietsles": "fietsles fietslessen",
    "werkzaamheden": "werkzaamheden steigers steiger verbouwing bouwput opgebroken bouwwerkzaamheden renovatie",
}
"""Words that mean about the same in a wish. A word may be the head of a longer one: `bank` also finds `parkbankjes`."""

RELATED: dict[frozenset[str], float] = {
    frozenset(pair.split()): share
    for pair, share in {
        "schaduw groen": 0.6,
        "groen tuinieren": 0.5,
        "groen onkruid": 0.3,
        "waterspelen spelen": 0.5,
        "waterspelen schaduw": 0.3,
        "waterspelen zwemmen": 0.3,
        "geld hulp": 0.4,
        "taal lessen": 0.5,
        "fietsles fietsen": 0.2,
        "onkruid snoeien": 0.5,
        "weesfietsen fietsen": 0.5,
        "weesfietsen fietsenrek": 0.4,
        "computer lessen": 0.3,
        "bestrating breedte": 0.2,
        "afval afvalbak": 0.6,
        "hondenpoep honden": 0.5,
        "hondenpoep afval": 0.3,
        "snelheid drempel": 0.7,
        "verkeer vrachtwagens": 0.5,
        "verkeer autos": 0.4,
        "autos parkeren": 0.3,
        "spelen kinderen": 0.5,
        "spelen sport": 0.3,
        "jongeren hangplek": 0.7,
        "geluid overlast": 0.5,
        "geluid snelheid": 0.3,
        "scooters snelheid": 0.3,
        "scooters geluid": 0.3,
        "werkzaamheden nieuws": 0.3,
        "feest muziek": 0.3,
        "feest eten": 0.3,
        "fietsen fietsenrek": 0.3,
        "ontmoeten eten": 0.5,
        "ontmoeten feest": 0.3,
        "feest activiteiten": 0.4,
        "ontmoeten activiteiten": 0.3,
        "woningen huur": 0.5,
        "jongeren hangjongeren": 0.5,
        "hangjongeren hangplek": 0.3,
        "inbraak toezicht": 0.4,
        "drugs toezicht": 0.3,
        "ouderen toegankelijk": 0.3,
        "vuurwerk geluid": 0.3,
        "licht onveilig": 0.2,
        "graffiti vandalisme": 0.4,
    }.items()
}
"""How far one theme is the other."""

LIGHTER: dict[str, float] = {
    "kinderen": 0.35,
    "ouderen": 0.3,
    "onveilig": 0.35,
    "overlast": 0.35,
    "autos": 0.35,
    "jongeren": 0.6,
    "lessen": 0.6,
    "vrouwen": 0.35,
    "mannen": 0.35,
    "breedte": 0.6,
    "gladheid": 0.7,
    "woningen": 0.6,
    "verkeer": 0.6,
    "toezicht": 0.7,
}
"""Themes that say for whom or how bad, rather than what; others weigh 1."""

WANTED = words("""
    zitten schaduw groen tuinieren afvalbak drempel licht spelen sport hangplek parkeren laadpaal fietsenrek fietsen bus oversteken
    honden winkels ontmoeten feest kunst woningen toilet watertap toezicht eten horeca borden
    """)
"""What one asks for and another wants gone: "minder bomen" is not "meer bomen"."""

COMPLAINTS = words("""
    afval hondenpoep snelheid onkruid ratten drugs geluid wateroverlast stank vandalisme graffiti vuurwerk inbraak vocht
    hangjongeren weesfietsen trillingen snoeien
    """)
"""What everybody wants gone. Beside these "weg" says nothing about a bench; and who complains wants something else than who does not."""

BESIDE_OTHERS: dict[str, tuple[frozenset[str], str]] = {"snelheid": (frozenset({"geluid", "muziek"}), "geluid")}
"""Themes that mean another beside these: what is hard beside music is the sound."""

GONE = words("""
    haal halen verplaats verplaatsen verboden weghalen verwijderen verwijder kappen kap omhakken omzagen minder sluiten sluit
    opheffen afschaffen verbieden verbied verbod teveel parkeerverbod verdwijnen schrappen
""")

SAID_OTHERWISE: dict[str, str] = {
    r"zo snel mogelijk|snel mogelijk|zo spoedig mogelijk": " ",
    r"te veel": "teveel",
    r"openbaar vervoer": "bus",
    r"groenten? en fruit": "groenten",
    r"30[- ]?km[a-z-]*|30 kilometer|dertig kilometer|zone 30": "snelheid",
    r"(slecht|moeilijk) ter been": "ouderen",
    r"buiten spelen": "speelplek",
    r"zitt?en? (altijd |vaak |weer )?vol|zit (altijd |vaak |weer )?vol": "vol",
    r"er zitten": " ",
    r"(gras|heg|hagen|haag|struiken)((?: \w+){0,4}) te hoog": r"\1 maaien \2",
    r"(plek|plaats|ruimte)(ken)? (voor|om) (je |de |mijn |onze )?fiets(en)?": "fietsenrek",
    r"auto (nergens |niet )?kwijt": "parkeren",
    r"leren fietsen": "fietsles",
    r"te doen hebben|te doen is|te doen voor|te doen|leuks? doen": "activiteiten",
    r"over te steken": "oversteken",
    r"albert heijn": "ah",
    r"repair cafe": "repaircafe",
    r"harde muziek": "herrie",
    r"als (een )?gek(ken)?|vol gas": "hardrijden",
    r"klaarlichte": " ",
    r"elkaar (beter )?leren kennen|elkaar kennen|kent niemand|ken niemand|elkaar (kunnen )?(zien|treffen|spreken)": "ontmoeten",
    r"alleen (thuis|zijn)|(me|zich|mij) (zo )?alleen": "eenzaam",
    r"naar (het |de )?riool": "rioollucht",
    r"samen eten|samen koken": "maaltijd",
    r"grof vuil": "grofvuil",
    r"(\w{4,}) ?str\b\.?": r"\1straat",
}
"""Phrases that are one word, or none."""

FAINT = words("""
    straat straatje plein pleintje buurt wijk plek plaats ruimte mensen mens bewoner bewoners buurtbewoners buren hoek kant kop
    begin einde stuk deel pad weg park gebied stad gemeente huis huizen deur raam flat dag avond nacht ochtend zomer winter weekend
    week jaar nachts avonds ochtends middags zaterdag zondag nieuw nieuwe oud oude groot grote klein kleine mooi mooie leuk leuke
    slecht slechte kapot kapotte druk drukke extra veel weinig vol lang lopen loopt rijden rijdt rijd fijn prettig leefbaar probleem
    voorkant achterkant buiten gezin gezinnen iedereen niemand slaapkamer zoek zoeken zoekt blijf blijft open vaker uur thuis kwijt
    """)
"""Words that many wishes share and that tell little."""

STOP = words("""
    de het een en of maar want dus dat die dit deze er ik je jij u wij we ze zij hij mij me ons onze mijn jullie hun hem haar uw
    zich in op aan bij van voor naar met om te ter ten tot uit over onder door tegen tussen naast achter langs rond rondom tegenover
    binnen zonder sinds vanaf is zijn was waren ben bent wordt worden werd werden word heb hebt heeft hebben had hadden wil wilt
    willen wilde wou zou zouden zal zullen kan kunt kun kunnen kon konden mag mogen mocht moet moeten moest moesten hoeft hoeven ga
    gaat gaan ging kom komt komen kwam kwamen doe doet doen deed laat laten maak maakt maken gemaakt zet zetten geef geven geeft
    krijg krijgt krijgen staan staat stond ligt liggen lig zie ziet zien vind vindt vinden denk weet weten niet geen nooit nergens
    niets niks wel nog ook al als dan toch even eens gewoon heel hele erg zeer zo meer vaak altijd steeds soms alleen zelfs ongeveer
    bijna weer nu hier daar daarom daardoor waar waarom wanneer wie wat hoe welke iets iemand iedere elke alle alles allemaal ander
    andere anders beter goed goede graag liefst alsjeblieft aub svp alstublieft wens wensen zodat omdat doordat terwijl toen bijv
    bijvoorbeeld etc via per ofzo echt eigenlijk helaas jammer verkeerd verkeerde hoi hallo beste dank bedankt idee misschien
    mogelijk nodig telkens harde hoor zomaar enkele paar aantal sommige vele zelf elkaar mee af toe eraf erbij erop hierop
    gelijk houden houdt zorgen zorgt zit eigen samen daarvan ervan s t n m k d zeg zegt zeggen gebeurt gebeuren gedaan komend
    dagelijks ontbreekt ontbreken gebrek missen mis mist
""")

NAMES_END = words("""
    straat straatweg plein laan hof park weg kade singel dreef steeg gracht brug plantsoen dijk kwartier haven pad veste
    burg dorp wal markt weide akker
""")
"""A longer word that ends so is taken for the name of a place..."""

NO_NAMES = words("""
    snelweg omweg onderweg halverwege autoweg rijweg ventweg uitweg zijstraat winkelstraat woonstraat hoofdstraat speelstraat
    fietsstraat leefstraat dorpsstraat achterstraat zijweg hoofdweg schoolplein speelplein dorpsplein buurtplein marktplein
    binnenplein kerkhof binnenhof speelpark stadspark buurtpark wijkpark hondenpark winkelpark loopbrug fietsbrug voetbrug
    supermarkt rommelmarkt kerstmarkt weekmarkt vrijmarkt jaarmarkt buurtmarkt fietspad voetpad wandelpad zandpad skatebaan renbaan
    racebaan rijbaan trimbaan busbaan glijbaan hellingbaan geluidswal hardloopbaan atletiekbaan knikkerbaan kinderpark waterpark
    bospad looppad zebrapad skatepark themapark woonpark arbeidsmarkt woningmarkt verkeersplein
    pauzeplein parkeerhaven achterpad olifantenpad tegelpad
    """)
"""...except these."""

LANDMARKS: dict[str, str] = {
    "school": "school basisschool schoolplein",
    "station": "station treinstation",
    "speeltuin": "speeltuin speelplaats speelplek",
    "winkelcentrum": "winkelcentrum winkels supermarkt jumbo ah lidl albertheijn",
    "halte": "bushalte halte tramhalte",
    "kerk": "kerk",
    "moskee": "moskee",
    "tunnel": "tunnel tunneltje fietstunnel viaduct",
    "brug": "brug bruggetje",
    "rotonde": "rotonde",
    "flat": "flat flats flatgebouw",
    "buurthuis": "buurthuis buurtcentrum wijkcentrum",
    "sportpark": "sportpark sporthal sportveld voetbalveld",
    "park": "park parkje",
    "ziekenhuis": "ziekenhuis",
    "cafe": "cafe kroeg",
    "zwembad": "zwembad",
    "markt": "markt",
    "kruispunt": "kruispunt kruising",
    "water": "vijver gracht kanaal sloot",
    "bieb": "bibliotheek bieb",
    "zorg": "apotheek huisarts gezondheidscentrum verzorgingshuis bejaardenhuis",
}
"""Places without a name of their own, when "bij", "naast", "achter", "in" or the like stands before them."""

BESIDE = words("""
    bij naar naast achter voor tegenover langs rond rondom in op aan onder tussen nabij vlakbij buiten uit van
""")
ARTICLES = words("""
    de het een onze deze die dit dat 't hele grote kleine nieuwe oude
""")
