"""The letters that the languages of the ten countries add to A–Z, each with its source.

CLDR: Unicode Common Locale Data Repository, `common/main/<code>.xml`, exemplar characters (for Venda its names of
months and days). Tones are combining marks over vowels and nasals.
"""

GRAVE, ACUTE, CIRCUMFLEX, TILDE, MACRON, CARON = "\u0300", "\u0301", "\u0302", "\u0303", "\u0304", "\u030c"
BELOW, UNDER, LINE, CENTRE, APOSTROPHE = "\u032d", "\u0323", "\u0331", "\u0307", "\u02bc"

# Language: (letters beside A–Z, marks over its vowels and nasals, source)
ALPHABETS = {
    # Angola, Mozambique
    "Portuguese": ("áàâãçéêíòóôõúü", "", "CLDR pt"),
    "Umbundu": ("ñ", TILDE, "Instituto de Línguas Nacionais, Angola, 1987"),
    "Kimbundu, Kikongo": ("ñ", TILDE, "Instituto de Línguas Nacionais, Angola, 1987"),
    "Makhuwa": ("", "", "Padronização da ortografia de línguas moçambicanas, Maputo 2011: digraphs only"),
    "Changana, Ronga": ("àñ", GRAVE, "Padronização da ortografia de línguas moçambicanas, Maputo 2011"),
    # Ghana
    "Akan": ("ɛɔ", GRAVE + ACUTE + TILDE, "CLDR ak"),
    "Ewe": ("ɖɛƒɣŋɔʋ", GRAVE + ACUTE + CIRCUMFLEX + TILDE + CARON, "CLDR ee"),
    "Ga": ("ɛŋɔ", GRAVE + ACUTE + TILDE, "CLDR gaa"),
    "Dagbani": ("ɛɣŋɔʒ", GRAVE + ACUTE, "Dagbani orthography committee, 1998"),
    "Hausa": ("ɓɗƙƴ’", GRAVE + MACRON + CIRCUMFLEX, "CLDR ha"),
    "French": ("àâæçéèêëîïôœùûüÿ", "", "CLDR fr"),
    # Kenya, Tanzania, Uganda
    "Swahili": ("’", "", "CLDR sw: digraphs, ng’ with an apostrophe"),
    "Kikuyu, Kamba, Embu, Meru": ("ĩũ", ACUTE + CIRCUMFLEX, "CLDR ki, kam, ebu, mer"),
    "Luo, Acholi, Lango": ("ŋ", GRAVE + ACUTE, "Acholi orthography, Uganda; CLDR luo has none"),
    "Kalenjin, Luhya, Gusii": ("’", TILDE, "CLDR kln, luy, guz"),
    "Maasai": ("ɛɨŋɔʉ", GRAVE + ACUTE + MACRON + CIRCUMFLEX, "CLDR mas"),
    "Turkana, Ateso": ("ŋñ", "", "CLDR teo"),
    "Ganda, Soga": ("ŋ", GRAVE + ACUTE + CIRCUMFLEX, "CLDR lg, xog"),
    "Iraqw": (f"ɬŋ{APOSTROPHE}", ACUTE, "M. Mous, A Grammar of Iraqw, 1993"),
    "Rangi": ("ʉɨ", ACUTE + CARON, "CLDR lag"),
    # Malawi, Zambia
    "Chichewa, Nyanja": ("ŵ", "", "CLDR ny; Chichewa Board, orthography rules"),
    "Tumbuka": ("ŵ", "", "Tumbuka orthography, Malawi"),
    "Bemba": ("ŋ", "", "CLDR bem"),
    "Lozi": ("ñṅ", "", "Zambian languages: orthography approved by the Ministry of Education, 1977"),
    # South Africa, Lesotho
    "Venda": ("ḓḽṅṋṱ", "", "CLDR ve"),
    "Afrikaans": ("áâèéêëîïôöûŉ", "", "CLDR af"),
    "Sesotho (Lesotho)": ("’š", "", "CLDR st"),
    "Northern Sotho, Tswana": ("êôšó", "", "CLDR nso, tn"),
    # As older registers and neighbours write
    "Older and neighbouring": ("đðøłʋʊɩɪʼǀǁǂǃ", UNDER + LINE + BELOW + CENTRE, "African reference alphabet, 1982"),
}

# Names as they are written in Ge’ez script.
ETHIOPIC = ("አበበ ቢቂላ", "ኃይለ ሥላሴ", "ፍቅርተ ገብረማርያም", "ጽጌ ረዳ", "ትርሓስ ሃይለ", "ዓብደላ ሙሳ፡ወልደ")
