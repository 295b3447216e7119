#include "scenarios/fault_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "scenarios/yaml/faults.hpp"

namespace tremplin {

namespace {

struct Words {
  const char* fr;
  const char* nl;
  const char* en;

  [[nodiscard]] const char* operator[](Language language) const {
    return language == Language::fr ? fr : language == Language::nl ? nl : en;
  }
};

// One sentence for each kind; {} is what was found, between quotation marks, if the sentence has it.
Words sentence(FaultKind kind) {
  switch (kind) {
    case FaultKind::unknown_key:
      return {"la clé {} n'existe pas ici.", "de sleutel {} bestaat hier niet.", "there is no key {} here."};
    case FaultKind::unknown_name:
      return {"le nom {} n'existe pas.", "de naam {} bestaat niet.", "there is no name {}."};
    case FaultKind::missing_key:
      return {"cette clé manque.", "deze sleutel ontbreekt.", "this key is missing."};
    case FaultKind::duplicate_key:
      return {"cette clé figure deux fois (déjà : {}).", "deze sleutel staat er twee keer (eerder: {}).",
              "this key stands twice (already: {})."};
    case FaultKind::wrong_type:
      return {"{} n'est pas une valeur du bon type.", "{} is geen waarde van het juiste type.",
              "{} is not a value of the right type."};
    case FaultKind::out_of_range:
      return {"{} est hors des limites.", "{} valt buiten de grenzen.", "{} is out of range."};
    case FaultKind::missing_reference:
      return {"cette valeur n'a pas de source : ajoutez « reference ».",
              "deze waarde heeft geen bron: voeg “reference” toe.",
              "this value has no source: add “reference”."};
    case FaultKind::bad_date:
      return {"{} n'est pas une date qui existe.", "{} is geen bestaande datum.",
              "{} is not a date that exists."};
    case FaultKind::changes_the_past:
      return {"une réforme ne peut rien changer avant sa propre date ; trouvé : {}.",
              "een hervorming kan niets wijzigen vóór haar eigen datum; gevonden: {}.",
              "a reform cannot change anything before its own date; found: {}."};
    case FaultKind::overlapping_changes:
      return {"deux changements règlent la même chose au même moment ; l'autre : {}.",
              "twee wijzigingen regelen hetzelfde op hetzelfde ogenblik; de andere: {}.",
              "two changes settle the same thing at the same time; the other: {}."};
    case FaultKind::repeated_change:
      return {"deux changements fixent cette même valeur au même moment ; ils s'accordent ; l'autre : {}.",
              "twee wijzigingen leggen op hetzelfde ogenblik dezelfde waarde vast; ze zijn het eens; de "
              "andere: {}.",
              "two changes set this same value at the same time; they agree; the other: {}."};
    case FaultKind::unreadable:
      return {"lecture impossible : {}.", "kan niet worden gelezen: {}.", "cannot be read: {}."};
    case FaultKind::unwritable:
      return {"écriture impossible : {}.", "kan niet worden geschreven: {}.", "cannot be written: {}."};
    case FaultKind::not_a_result:
      return {"ce n'est pas un fichier de résultats complet : {}.",
              "dit is geen volledig resultaatbestand: {}.", "this is not a complete result file: {}."};
    case FaultKind::newer_format:
      return {"ce fichier vient d'une version plus récente du programme : {}.",
              "dit bestand komt van een nieuwere versie van het programma: {}.",
              "this file comes from a newer version of the program: {}."};
    case FaultKind::too_large:
      return {"c'est trop grand : {}.", "dit is te groot: {}.", "this is too large: {}."};
    case FaultKind::bad_option:
      return {"{} ne convient pas ici.", "{} past hier niet.", "{} does not fit here."};
    case FaultKind::missing_option:
      return {"il manque une valeur.", "er ontbreekt een waarde.", "a value is missing."};
    case FaultKind::inconsistent:
      return {"{} contredit une autre valeur.", "{} is in strijd met een andere waarde.",
              "{} contradicts another value."};
    case FaultKind::other_past:
      return {"cet instantané vient d'une autre simulation, où cela vaut {}.",
              "deze momentopname komt uit een andere simulatie, waar dit {} is.",
              "this snapshot comes from another simulation, where this is {}."};
    case FaultKind::before_snapshot:
      return {"le droit change dès {}, or l'instantané a déjà simulé ces mois.",
              "het recht wijzigt vanaf {}, maar de momentopname heeft die maanden al gesimuleerd.",
              "the law changes from {} on, but the snapshot has these months already simulated."};
  }
  return {"{}", "{}", "{}"};
}

constexpr Words nothing = {"(vide)", "(leeg)", "(empty)"};
constexpr Words expected = {" Attendu : {}.", " Verwacht: {}.", " Expected: {}."};
constexpr Words nearest = {" Le nom le plus proche est « {} ».",
                           " De naam die er het meest op lijkt, is “{}”.", " The nearest name is “{}”."};
constexpr Words quoted = {"« {} »", "“{}”", "“{}”"};

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
     {"AAAA (moyenne de l'année) ou AAAA-MM", "JJJJ (gemiddelde van het jaar) of JJJJ-MM",
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
}};

std::string filled(const char* words, const std::string& content) {
  return fmt::format(fmt::runtime(words), content);
}

// What the system says of files it cannot read or write, in the C library's English.
constexpr std::array<std::pair<std::string_view, Words>, 7> reasons = {{
    {"No such file or directory",
     {"ce fichier ou ce dossier n'existe pas", "dit bestand of deze map bestaat niet",
      "no such file or folder"}},
    {"Is a directory", {"c'est un dossier", "dit is een map", "it is a folder"}},
    {"Not a directory",
     {"une partie du chemin n'est pas un dossier", "een deel van het pad is geen map",
      "a part of the path is no folder"}},
    {"Permission denied", {"accès refusé", "toegang geweigerd", "permission denied"}},
    {"Read-only file system",
     {"ce disque est en lecture seule", "deze schijf is alleen-lezen", "this disk is read-only"}},
    {"No space left on device", {"le disque est plein", "de schijf is vol", "the disk is full"}},
    {"File name too long", {"ce nom est trop long", "deze naam is te lang", "this name is too long"}},
}};

template <class Vocabulary>
std::string in_words(const Vocabulary& known, const std::string& fact, Language language) {
  const auto* found =
      std::ranges::find(known, std::string_view(fact), &std::pair<std::string_view, Words>::first);
  return found == known.end() ? fact : found->second[language];
}

// A reason of the system in the language and without quotation marks; anything else as it was found.
std::string found_in_words(const Fault& fault, Language language) {
  if (fault.found.empty()) return nothing[language];
  const bool of_system = fault.kind == FaultKind::unreadable || fault.kind == FaultKind::unwritable;
  const std::string reason = of_system ? in_words(reasons, fault.found, language) : fault.found;
  return reason != fault.found ? reason : filled(quoted[language], fault.found);
}

// "file.yaml:12:5: key: ", as far as each is known.
std::string place_of(const Fault& fault) {
  std::string place = fault.source;
  if (fault.line > 0) place += fmt::format(":{}", fault.line);
  if (fault.line > 0 && fault.column > 0) place += fmt::format(":{}", fault.column);
  if (!place.empty()) place += ": ";
  const bool told = fault.kind == FaultKind::unknown_key || fault.key == fault.source;
  if (!fault.key.empty() && !told) place += fault.key + ": ";
  return place;
}

}  // namespace

std::string describe(const Fault& fault, Language language) {
  std::string text =
      place_of(fault) + filled(sentence(fault.kind)[language], found_in_words(fault, language));
  if (!fault.expected.empty())
    text += filled(expected[language], in_words(vocabulary, fault.expected, language));
  if (!fault.nearest.empty()) text += filled(nearest[language], fault.nearest);
  return text;
}

std::string describe_all(const InputError& error, Language language) {
  std::string text;
  for (const Fault& fault : error.faults()) text += describe(fault, language) + "\n";
  return text;
}

}  // namespace tremplin
