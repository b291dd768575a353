/* Who and what is in the demo programme.  See demo.h. */
#include "app/demo.h"

#define MENTOR ROLE_BIT(ROLE_MENTOR)
#define LEAD   (ROLE_BIT(ROLE_MENTOR) | ROLE_BIT(ROLE_LEAD_MENTOR))

const struct demo_person demo_people[] = {
	{ "Sjoukje de Vries", "sjoukje@fjouwer.example",
	  ROLE_BIT(ROLE_MANAGER), "programme manager", false, true },
	{ "Femke Land", "femke@fjouwer.example",
	  ROLE_BIT(ROLE_OFFICE), "office", false, false },
	{ "Hendrik Postma", "hendrik@mentor.example",
	  LEAD, NULL, false, false },
	{ "Wietske Bakema", "wietske@mentor.example",
	  MENTOR, "mentor", false, false },
	{ "Jelle Tolsma", "jelle@mentor.example",
	  MENTOR, NULL, false, false },
	{ "Anneke Wiarda", "anneke@mentor.example",
	  LEAD, "lead mentor", false, false },
	{ "Durk Hoogland", "durk@mentor.example",
	  LEAD, NULL, false, false },
	{ "Tineke Miedema", "tineke@mentor.example",
	  LEAD, NULL, false, false },
	{ "Sytze Kramer", "sytze@mentor.example",
	  MENTOR, NULL, false, false },
	{ "Akke Nauta", "akke@mentor.example",
	  MENTOR, NULL, false, false },
	{ "Gerrit Visser", "gerrit@mentor.example",
	  MENTOR, NULL, false, false },
	{ "Baukje Hamstra", "baukje@mentor.example",
	  MENTOR, NULL, false, false },
	{ "Ype Sikma", "ype@mentor.example",
	  MENTOR, NULL, false, false },
	{ "Martsje Jorna", "martsje@mentor.example",
	  MENTOR, NULL, false, false },
	{ "Roelof Faber", "roelof@mentor.example",
	  MENTOR, NULL, false, false },
	{ "Fokje Dijkstra", "fokje@mentor.example",
	  MENTOR, NULL, false, false },
	{ "Klaas Oosterhof", "klaas@mentor.example",
	  MENTOR, NULL, false, false },
	{ "Lieuwe Meinsma", "lieuwe@mentor.example",
	  MENTOR, NULL, false, false },
	{ "Itty Terpstra", "itty@mentor.example",
	  MENTOR, NULL, false, false },
	{ "Doeke Brouwer", "doeke@mentor.example",
	  MENTOR, NULL, false, false },
	{ "Elske Kooistra", "elske@mentor.example",
	  MENTOR, NULL, false, false },
	{ "Nienke Boersma", "nienke@mentor.example",
	  MENTOR, NULL, false, false },
	{ "Pyt Hettinga", "pyt@mentor.example",
	  MENTOR, NULL, false, false },
	{ "Oeds Wiersma", "oeds@mentor.example",
	  MENTOR, NULL, false, false },
	{ "Sjirk Rodenhuis", "sjirk@mentor.example",
	  MENTOR, NULL, false, false },
	{ "Jan Buwalda", "jan@mentor.example",
	  MENTOR, NULL, false, false },
	{ "Trienke Veenstra", "trienke@mentor.example",
	  MENTOR, NULL, false, false },
	{ "Grytsje Kuipers", "grytsje@mentor.example",
	  MENTOR, NULL, false, false },
	{ "Folkert Minnema", "folkert@mentor.example",
	  MENTOR, NULL, false, false },
	{ "Hiske Sinnema", "hiske@mentor.example",
	  MENTOR, NULL, false, false },
	{ "Rinse Wallinga", "rinse@mentor.example",
	  MENTOR, NULL, false, false },
	{ "Willemke Kaspers", "willemke@mentor.example",
	  MENTOR, NULL, false, false },
	{ "Nynke Hiemstra", "nynke@zilverkade.example",
	  ROLE_BIT(ROLE_MENTEE), "entrepreneur", false, false },
	{ "Reinder Haga", "reinder@fjouwer.example",
	  ROLE_BIT(ROLE_CONFIDENTIAL), "confidential person", false, false },
	{ "Marije Bos", "marije@bestuur.example",
	  ROLE_BIT(ROLE_VIEWER), "board", false, false },
	{ "Tjeerd Wolters", "tjeerd@gemeente.example",
	  ROLE_BIT(ROLE_DESIGNER), "designer", false, false },
	{ "Beheer", "beheer@fjouwer.example", 0, "administrator", true,
	  false },
};
const size_t ndemo_people = LEN(demo_people);

_Static_assert(LEN(demo_people) <= DEMO_PEOPLE_AT_MOST, "too many people");

#define TOLD(q, n, v, p, mail, tel, l) {                                  \
	.question = (q), .not_in_team = "", .over_50 = -1,                \
	.social_enterprise = -1, .older_customers = -1, .name = (n),      \
	.venture = (v), .place = (p), .email = (mail), .phone = (tel),    \
	.lang = (l), .channel = CHANNEL_FORM }
#define CALLED(q, n, v, p, mail, tel, l) {                                \
	.question = (q), .not_in_team = "", .over_50 = 1,                 \
	.social_enterprise = 0, .older_customers = 1, .name = (n),        \
	.venture = (v), .place = (p), .email = (mail), .phone = (tel),    \
	.lang = (l), .channel = CHANNEL_PHONE }
#define SPOKEN(word) { .step = STEP_CONTACTED, .said = (word) }

/* The oldest first, as they came in. */
const struct demo_application demo_applications[] = {
	{ 34, 4, TOLD(
	    "Ik verkoop alleen op de markt. Moet ik ook een webwinkel "
	    "beginnen?",
	    "Aukje Bloem", "Bloem en Blad", "Dokkum",
	    "aukje@bloem.example", "06 10 00 00 01", LANG_NL),
	  .said = "",
	  .step = { SPOKEN("Gebeld, wil graag praten."),
	    { .step = STEP_WITHDRAWN,
	    .said = "Heeft zelf iemand gevonden, belt zij." } } },
	{ 16, 2, TOLD(
	    "Mijn twee beste mensen gaan met pensioen. Hoe houd ik hun "
	    "kennis in huis?",
	    "Gea Bakker", "Bakker Scheepsbouw", "Drachten",
	    "gea@bakkerscheepsbouw.example", "06 10 00 00 02", LANG_NL),
	  .said = "",
	  .step = { SPOKEN("Goed gesprek, intake afspreken.") } },
	{ 12, 1, TOLD(
	    "Kin ik in twadde pân bouwe sûnder de saak yn gefaar te "
	    "bringen?",
	    "Jorrit Sipma", "Sipma Timmerwurk", "Mantgum",
	    "jorrit@sipma.example", "06 10 00 00 03", LANG_FY),
	  .said = "",
	  .step = { SPOKEN("Koft al in stik grûn.") } },
	{ 9, 6, CALLED(
	    "Ik ben 61 en wil de zaak overdragen. Mijn dochter "
	    "twijfelt. Waar begin ik?",
	    "Rixt Haarsma", "Zeilmakerij Haarsma", "Lemmer",
	    "", "0514 00 00 04", LANG_NL),
	  .said = "Belt liever dan dat ze mailt. Overdag op de werkplaats.",
	  .step = { SPOKEN("Teruggebeld op de werkplaats.") } },
	{ 6, 5, TOLD(
	    "We want to sell our ferry snacks in Germany. Who has done "
	    "that before?",
	    "Maeve Doyle", "Wadden Snacks", "Harlingen",
	    "maeve@waddensnacks.example", "06 10 00 00 05", LANG_EN),
	  .said = "",
	  .step = { SPOKEN("Spoke in English, sends her figures.") } },
	{ 5, 0, TOLD(
	    "Ik heb ineens drie keer zoveel bestellingen. Hoe groei ik "
	    "zonder om te vallen?",
	    "Ids Veldhuis", "Veldhuis Landtechniek", "Buitenpost",
	    "ids@veldhuis.example", "06 10 00 00 06", LANG_NL),
	  .said = "" },
	{ 4, 8, TOLD(
	    "WIN A FREE CRUISE click here",
	    "Promo", "Promo", "Nowhere",
	    "promo@spam.example", "0600000000", LANG_EN),
	  .said = "",
	  .step = { { .step = STEP_SET_ASIDE, .said = "",
	    .aside = ASIDE_SPAM } } },
	{ 3, 7, TOLD(
	    "Ik ben 57 en wil voor mijzelf beginnen met zorg aan huis. "
	    "Kan dat nog?",
	    "Hinke Sikkema", "", "Jorwert",
	    "hinke@sikkema.example", "06 10 00 00 07", LANG_NL),
	  .said = "" },
	{ 2, 3, TOLD(
	    "De huur loopt af. Kopen, bouwen of blijven?",
	    "Douwe Zijlstra", "Kaasmakerij De Terp", "Hegebeintum",
	    "douwe@deterp.example", "06 10 00 00 08", LANG_FY),
	  .said = "" },
	{ 1, 1, CALLED(
	    "De bank wil een plan voor vijf jaar zien. Ik weet niet "
	    "hoe dat moet.",
	    "Elske Rinsma", "Rinsma Transport", "Heerenveen",
	    "elske@rinsma.example", "0513 00 00 09", LANG_NL),
	  .said = "Rijdt overdag. Na zessen bellen." },
	{ 0, 4, TOLD(
	    "Wij maken rollators van hout. Winkels vinden ze mooi maar "
	    "kopen niet. Wat doen we verkeerd?",
	    "Yme de Boer", "Houtloop", "Bolsward",
	    "yme@houtloop.example", "06 10 00 00 10", LANG_NL),
	  .said = "" },
};
const size_t ndemo_applications = LEN(demo_applications);
