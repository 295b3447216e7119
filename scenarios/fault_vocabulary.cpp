#include "scenarios/fault_vocabulary.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "scenarios/yaml/expects_cells.hpp"
#include "scenarios/yaml/faults.hpp"

namespace tremplin {

namespace {

// The expectations that are words; all others are facts and stand as they are.
constexpr std::array<std::pair<std::string_view, Words>, expects::all.size()> vocabulary = {{
    {expects::number,
     {"un nombre décimal simple, comme 12 ou 0.5", "een gewoon decimaal getal, zoals 12 of 0.5",
      "a plain decimal number, such as 12 or 0.5"}},
    {expects::whole_number, {"un nombre entier", "een geheel getal", "a whole number"}},
    {expects::text, {"un texte", "een tekst", "a text"}},
    {expects::list, {"une liste", "een lijst", "a list"}},
    {expects::map, {"des clés et leurs valeurs", "sleutels en hun waarden", "keys and their values"}},
    {expects::truth, {"true ou false", "true of false", "true or false"}},
    {expects::date, {"AAAA-MM-JJ ou AAAA-MM", "JJJJ-MM-DD of JJJJ-MM", "YYYY-MM-DD or YYYY-MM"}},
    {expects::month, {"AAAA-MM", "JJJJ-MM", "YYYY-MM"}},
    {expects::year_or_month,
     {"AAAA (moyenne de l’année) ou AAAA-MM", "JJJJ (gemiddelde van het jaar) of JJJJ-MM",
      "YYYY (mean of the year) or YYYY-MM"}},
    {expects::plain_yaml,
     {"du YAML simple, sans ancre, alias ni étiquette", "eenvoudige YAML, zonder ankers, aliassen of labels",
      "plain YAML, without anchors, aliases or tags"}},
    {expects::one_document,
     {"un seul document par fichier", "één document per bestand", "one document in a file"}},
    {expects::not_empty, {"au moins un élément", "minstens één element", "at least one item"}},
    {expects::utf8,
     {"un texte en UTF-8 ; enregistrez le fichier dans cet encodage",
      "een tekst in UTF-8; bewaar het bestand in deze codering",
      "text in UTF-8; save the file in that encoding"}},
    {expects::base,
     {"une base, par exemple law-2015", "een basis, bijvoorbeeld law-2015", "a base, law-2015 for example"}},
    {expects::reform,
     {"une réforme, par exemple generalisation", "een hervorming, bijvoorbeeld generalisation",
      "a reform, generalisation for example"}},
    {expects::one_change,
     {"un seul changement de ce levier, ou rien que des « scale », ou rien que des « shift »",
      "één wijziging van deze hefboom, of enkel “scale”, of enkel “shift”",
      "one change of this lever, or nothing but “scale”, or nothing but “shift”"}},
    {expects::one_place,
     {"ce changement à un seul des deux endroits", "deze wijziging op slechts één van beide plaatsen",
      "this change in one of the two places only"}},
    {expects::once, {"chaque réforme une seule fois", "elke hervorming één keer", "each reform once"}},
    {expects::own_name,
     {"un nom de fichier à elle ; une autre réforme de ce calcul porte le même",
      "een eigen bestandsnaam; een andere hervorming van deze berekening heet ook zo",
      "a file name of its own; another reform of this run has the same"}},
    {expects::plain_name,
     {"un nom fait de lettres sans accent, de chiffres, de - et de _, sans « .yaml »",
      "een naam van letters zonder accent, cijfers, - en _, zonder “.yaml”",
      "a name of plain letters, digits, - and _, without “.yaml”"}},
    {expects::gradual,
     {"une valeur d’emblée, car ce levier n’a que des nombres entiers ; écrivez un changement par palier",
      "een waarde ineens, want deze hefboom kent alleen gehele getallen; schrijf een wijziging per stap",
      "a value at once, as this lever has whole numbers only; write one change for each step"}},
    {expects::of_a_file,
     {"une règle pour tout le monde, car ce levier relève du CPAS lui-même et non du dossier d’une personne",
      "een regel voor iedereen, want deze hefboom hoort bij het OCMW zelf en niet bij het dossier van een "
      "persoon",
      "a rule for everybody, as this lever belongs to the CPAS itself and not to a person’s file"}},
    {expects::an_amount,
     {"un montant en euros, fixé (set) ou ajouté (shift) ; un facteur suit déjà l’index",
      "een bedrag in euro, vastgelegd (set) of toegevoegd (shift); een factor volgt de index al",
      "an amount in euros, set or shifted; a factor follows the index as it is"}},
    {expects::a_language,
     {"au moins une langue : fr, nl ou en", "minstens één taal: fr, nl of en",
      "at least one language: fr, nl or en"}},
    {expects::result_file, {"un fichier de résultats", "een resultatenbestand", "a result file"}},
    {expects::snapshot_file, {"un instantané", "een momentopname", "a snapshot"}},
    {expects::lives_file,
     {"un fichier de vies (tremplin lives)", "een bestand met levens (tremplin lives)",
      "a file of lives (tremplin lives)"}},
    {expects::posterior_file,
     {"un fichier de calage (tremplin calibrate)", "een kalibratiebestand (tremplin calibrate)",
      "a posterior (tremplin calibrate)"}},
    {expects::uncertainty_file,
     {"un partage de l’incertitude (tremplin uncertainty)",
      "een verdeling van de onzekerheid (tremplin uncertainty)",
      "a split of uncertainty (tremplin uncertainty)"}},
}};

constexpr std::array<std::pair<std::string_view, Words>, expects::of_cells.size()> cell_vocabulary = {{
    {expects::plain_quotes,
     {"une cellule sans guillemets, ou tout entière entre guillemets, ceux de l’intérieur doublés",
      "een cel zonder aanhalingstekens, of helemaal tussen aanhalingstekens, die binnenin verdubbeld",
      "a cell without quotes, or all of it in quotes, those inside it doubled"}},
    {expects::not_asked,
     {"une cellule vide : cette question n’est pas posée à ce répondant",
      "een lege cel: deze vraag wordt niet aan deze respondent gesteld",
      "an empty cell: this question is not put to this respondent"}},
    {expects::each_name_once, {"chaque nom une seule fois", "elke naam één keer", "each name once"}},
    {expects::draws,
     {"une ligne de noms, puis pour chaque tirage une ligne d’autant de nombres",
      "een regel namen, dan voor elke trekking een regel met evenveel getallen",
      "a line of names, then for each draw a line of as many numbers"}},
    {expects::its_common_error,
     {"aussi une colonne de son erreur commune", "ook een kolom van zijn gemeenschappelijke fout",
      "a column of its common error as well"}},
    {expects::normal_prior,
     {"un a priori normal ou lognormal, sans « spike »", "een normale of lognormale a priori, zonder ‘spike’",
      "a normal or lognormal prior, without “spike”"}},
    {expects::one_common_error,
     {"une seule erreur commune", "één gemeenschappelijke fout", "one common error only"}},
    {expects::two_names, {"au moins deux noms", "minstens twee namen", "two names or more"}},
    {expects::one_or_each,
     {"un nombre pour toutes les valeurs, ou un pour chacune",
      "één getal voor alle waarden, of één voor elke waarde", "one number for all values, or one for each"}},
    {expects::shares,
     {"des parts ou des effectifs de réponses", "aandelen of aantallen van antwoorden",
      "shares or counts of answers"}},
}};

// What stands after the numbers of a range.
constexpr std::array<std::pair<std::string_view, Words>, 26> units = {{
    {"years", {"ans", "jaar", "years"}},
    {"months", {"mois", "maanden", "months"}},
    {"days", {"jours", "dagen", "days"}},
    {"hours", {"heures", "uren", "hours"}},
    {"euro_per_month", {"euros par mois", "euro per maand", "euros a month"}},
    {"euro_per_year", {"euros par an", "euro per jaar", "euros a year"}},
    {"per_year", {"par an", "per jaar", "a year"}},
    {"per_month", {"par mois", "per maand", "a month"}},
    {"persons", {"personnes", "personen", "people"}},
    {"person", {"personnes", "personen", "people"}},
    {"files", {"dossiers", "dossiers", "files"}},
    {"file", {"dossiers", "dossiers", "files"}},
    {"fte_per_1000",
     {"ETP pour 1000 bénéficiaires", "VTE per 1000 begunstigden", "FTE per 1000 people paid"}},
    {"share", {"(part)", "(aandeel)", "(share)"}},
    {"factor", {"(facteur)", "(factor)", "(factor)"}},
    {"probability", {"(probabilité)", "(kans)", "(probability)"}},
    {"count", {"(nombre)", "(aantal)", "(number)"}},
    {"choice", {"(choix)", "(keuze)", "(choice)"}},
    {"yes_no", {"(0 : non, 1 : oui)", "(0: neen, 1: ja)", "(0: no, 1: yes)"}},
    {"index", {"(indice)", "(index)", "(index)"}},
    {"hazard_ratio", {"(rapport de risques)", "(risicoverhouding)", "(hazard ratio)"}},
    {"log_odds", {"(logarithme de la cote)", "(logaritme van de kansverhouding)", "(log odds)"}},
    {"bytes", {"octets", "bytes", "bytes"}},
    {"levels", {"niveaux", "niveaus", "levels"}},
    {"cells", {"cellules", "cellen", "cells"}},
    {"CPAS", {"CPAS", "OCMW’s", "CPAS"}},
}};

// What the C library, the YAML reader and our own file formats say, in English.
constexpr std::array<std::pair<std::string_view, Words>, 28> reasons = {{
    {"No such file or directory",
     {"ce fichier ou ce dossier n’existe pas", "dit bestand of deze map bestaat niet",
      "no such file or folder"}},
    {"Is a directory", {"c’est un dossier", "dit is een map", "it is a folder"}},
    {"Not a directory",
     {"une partie du chemin n’est pas un dossier", "een deel van het pad is geen map",
      "a part of the path is no folder"}},
    {"File exists",
     {"un fichier de ce nom existe déjà", "er bestaat al een bestand met die naam",
      "a file of that name exists already"}},
    {"Permission denied", {"accès refusé", "toegang geweigerd", "permission denied"}},
    {"Read-only file system",
     {"ce disque est en lecture seule", "deze schijf is alleen-lezen", "this disk is read-only"}},
    {"No space left on device", {"le disque est plein", "de schijf is vol", "the disk is full"}},
    {"File name too long", {"ce nom est trop long", "deze naam is te lang", "this name is too long"}},
    {"not a regular file",
     {"ce n’est pas un fichier ordinaire", "dit is geen gewoon bestand", "not a regular file"}},
    {"not an HDF5 file",
     {"ce n’est pas un fichier HDF5", "dit is geen HDF5-bestand", "it is not an HDF5 file"}},
    {"an HDF5 file of another program",
     {"un fichier HDF5 d’un autre programme", "een HDF5-bestand van een ander programma",
      "an HDF5 file of another program"}},
    {"damaged: the seal is broken",
     {"il est endommagé : son sceau est rompu", "het is beschadigd: het zegel is verbroken",
      "it is damaged: its seal is broken"}},
    {"damaged: the results do not match their digest",
     {"il est endommagé : les résultats ne correspondent pas à leur empreinte",
      "het is beschadigd: de resultaten stemmen niet overeen met hun vingerafdruk",
      "it is damaged: the results do not match their digest"}},
    {"the file does not end where it should",
     {"il ne se termine pas où il devrait", "het eindigt niet waar het hoort",
      "it does not end where it should"}},
    {"end of sequence flow not found",
     {"une liste entre crochets n’est pas fermée par ]", "een lijst tussen haken is niet gesloten met ]",
      "a list in brackets is not closed by ]"}},
    {"end of map flow not found",
     {"des clés entre accolades ne sont pas fermées par }",
      "sleutels tussen accolades zijn niet gesloten met }", "keys in braces are not closed by }"}},
    {"end of map not found",
     {"une ligne n’est pas une clé suivie de deux-points et d’une valeur, ou son retrait est faux",
      "een regel is geen sleutel met dubbelpunt en waarde, of springt verkeerd in",
      "a line is not a key with a colon and a value, or is indented wrongly"}},
    {"end of sequence not found",
     {"une ligne de la liste ne commence pas par un tiret, ou son retrait est faux",
      "een regel van de lijst begint niet met een streepje, of springt verkeerd in",
      "a line of the list does not begin with a dash, or is indented wrongly"}},
    {"illegal map value",
     {"un deux-points est de trop ; mettez le texte entre guillemets",
      "een dubbelpunt te veel; zet de tekst tussen aanhalingstekens",
      "a colon too many; put the text in quotation marks"}},
    {"illegal map key", {"une clé est mal placée", "een sleutel staat verkeerd", "a key is misplaced"}},
    {"illegal block entry", {"un tiret est mal placé", "een streepje staat verkeerd", "a dash is misplaced"}},
    {"illegal flow end",
     {"un crochet ou une accolade ferme ce qui n’est pas ouvert",
      "een haak of accolade sluit iets wat niet open is", "a bracket or brace closes what is not open"}},
    {"the quote is never closed",
     {"les guillemets ne sont jamais fermés", "de aanhalingstekens worden nooit gesloten",
      "the quote is never closed"}},
    {"illegal EOF in scalar",
     {"le fichier se termine au milieu d’un texte", "het bestand eindigt midden in een tekst",
      "the file ends in the middle of a text"}},
    {"illegal tab when looking for indentation",
     {"une tabulation sert de retrait ; mettez des espaces", "een tab als inspringing; gebruik spaties",
      "a tab as indentation; use spaces"}},
    {"unknown token",
     {"un signe que YAML ne connaît pas ici", "een teken dat YAML hier niet kent",
      "a sign that YAML does not know here"}},
    {"reading failed", {"la lecture a échoué", "het lezen is mislukt", "reading failed"}},
    {"people who do not hold together",
     {"les personnes qu’il contient ne forment pas un ensemble cohérent",
      "de personen erin vormen geen samenhangend geheel", "its people do not hold together"}},
}};

template <class Vocabulary>
const Words* words_for(const Vocabulary& known, std::string_view fact) {
  const auto* found = std::ranges::find(known, fact, &std::pair<std::string_view, Words>::first);
  return found == known.end() ? nullptr : &found->second;
}

}  // namespace

std::string expectation_in(Language language, const std::string& fact) {
  if (const Words* words = words_for(vocabulary, fact)) return (*words)[language];
  if (const Words* words = words_for(cell_vocabulary, fact)) return (*words)[language];
  const std::size_t blank = fact.rfind(' ');
  if (blank == std::string::npos) return fact;
  const Words* unit = words_for(units, std::string_view(fact).substr(blank + 1));
  return unit == nullptr ? fact : fact.substr(0, blank + 1) + (*unit)[language];
}

std::string reason_in(Language language, const std::string& reason) {
  const Words* words = words_for(reasons, reason);
  return words == nullptr ? reason : (*words)[language];
}

}  // namespace tremplin
