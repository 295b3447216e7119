#include "scenarios/fault_text.hpp"

#include <fmt/format.h>

#include "scenarios/fault_vocabulary.hpp"

namespace tremplin {

namespace {

// One sentence for each kind; {} is what was found, between quotation marks, if the sentence has it.
Words sentence(FaultKind kind) {
  switch (kind) {
    case FaultKind::unknown_key:
      return {"la clé {} n’existe pas ici.", "de sleutel {} bestaat hier niet.", "there is no key {} here."};
    case FaultKind::unknown_name:
      return {"le nom {} n’existe pas.", "de naam {} bestaat niet.", "there is no name {}."};
    case FaultKind::missing_key:
      return {"cette clé manque.", "deze sleutel ontbreekt.", "this key is missing."};
    case FaultKind::duplicate_key:
      return {"cette clé figure deux fois (déjà : {}).", "deze sleutel staat er twee keer (eerder: {}).",
              "this key stands twice (already: {})."};
    case FaultKind::wrong_type:
      return {"{} n’est pas une valeur du bon type.", "{} is geen waarde van het juiste type.",
              "{} is not a value of the right type."};
    case FaultKind::out_of_range:
      return {"{} est hors des limites.", "{} valt buiten de grenzen.", "{} is out of range."};
    case FaultKind::missing_reference:
      return {"cette valeur n’a pas de source : ajoutez « reference ».",
              "deze waarde heeft geen bron: voeg “reference” toe.",
              "this value has no source: add “reference”."};
    case FaultKind::bad_date:
      return {"{} n’est pas une date qui existe.", "{} is geen bestaande datum.",
              "{} is not a date that exists."};
    case FaultKind::changes_the_past:
      return {"une réforme ne peut rien changer avant sa propre date ; trouvé : {}.",
              "een hervorming kan niets wijzigen vóór haar eigen datum; gevonden: {}.",
              "a reform cannot change anything before its own date; found: {}."};
    case FaultKind::overlapping_changes:
      return {"deux changements règlent la même chose au même moment ; l’autre : {}.",
              "twee wijzigingen regelen hetzelfde op hetzelfde ogenblik; de andere: {}.",
              "two changes settle the same thing at the same time; the other: {}."};
    case FaultKind::repeated_change:
      return {"deux changements fixent cette même valeur au même moment ; ils s’accordent ; l’autre : {}.",
              "twee wijzigingen leggen op hetzelfde ogenblik dezelfde waarde vast; ze zijn het eens; de "
              "andere: {}.",
              "two changes set this same value at the same time; they agree; the other: {}."};
    case FaultKind::unreadable:
      return {"lecture impossible : {}.", "kan niet worden gelezen: {}.", "cannot be read: {}."};
    case FaultKind::unwritable:
      return {"écriture impossible : {}.", "kan niet worden geschreven: {}.", "cannot be written: {}."};
    case FaultKind::other_file_name:
      return {"{} n’est pas le nom du fichier ; un scénario s’appelle comme son fichier, sans « .yaml ».",
              "{} is niet de naam van het bestand; een scenario heet zoals zijn bestand, zonder “.yaml”.",
              "{} is not the name of the file; a scenario is called as its file is, without “.yaml”."};
    case FaultKind::other_file:
      return {"tremplin a bien écrit ce fichier, mais c’est {}.",
              "tremplin heeft dit bestand geschreven, maar het is {}.",
              "tremplin wrote this file, but it is {}."};
    case FaultKind::not_a_result:
      return {"ce n’est pas un fichier de résultats complet : {}.",
              "dit is geen volledig resultaatbestand: {}.", "this is not a complete result file: {}."};
    case FaultKind::newer_format:
      return {"ce fichier vient d’une version plus récente du programme : {}.",
              "dit bestand komt van een nieuwere versie van het programma: {}.",
              "this file comes from a newer version of the program: {}."};
    case FaultKind::too_large:
      return {"c’est trop grand : {}.", "dit is te groot: {}.", "this is too large: {}."};
    case FaultKind::bad_option:
      return {"{} ne convient pas ici.", "{} past hier niet.", "{} does not fit here."};
    case FaultKind::missing_option:
      return {"il manque une valeur.", "er ontbreekt een waarde.", "a value is missing."};
    case FaultKind::inconsistent:
      return {"{} contredit une autre valeur.", "{} is in strijd met een andere waarde.",
              "{} contradicts another value."};
    case FaultKind::other_past:
      return {"cet instantané a été fait avec {}.", "deze momentopname is gemaakt met {}.",
              "this snapshot was made with {}."};
    case FaultKind::before_snapshot:
      return {"le droit change dès {}, or l’instantané a déjà simulé ces mois.",
              "het recht wijzigt vanaf {}, maar de momentopname heeft die maanden al gesimuleerd.",
              "the law changes from {} on, but the snapshot has these months already simulated."};
  }
  return {"{}", "{}", "{}"};
}

constexpr Words nothing = {"(vide)", "(leeg)", "(empty)"};
constexpr Words expected = {" Attendu : {}.", " Verwacht: {}.", " Expected: {}."};
constexpr Words nearest = {" Le nom le plus proche est « {} ».",
                           " De naam die er het meest op lijkt, is “{}”.", " The nearest name is “{}”."};
// What only a library's own English tells.
constexpr Words library_says = {"« {} » (message d’une bibliothèque, en anglais)",
                                "“{}” (melding van een bibliotheek, in het Engels)", "“{}”"};
constexpr Words here = {" Ici, c’est « {} ».", " Hier is het “{}”.", " Here it is “{}”."};
constexpr Words follow_snapshot = {" Donnez {}, ou faites un autre instantané.",
                                   " Geef {} op, of maak een andere momentopname.",
                                   " Give {}, or make another snapshot."};
constexpr Words leave_out = {" Omettez {}, ou faites un autre instantané.",
                             " Laat {} weg, of maak een andere momentopname.",
                             " Leave {} out, or make another snapshot."};
constexpr Words new_snapshot = {" Faites un autre instantané.", " Maak een andere momentopname.",
                                " Make another snapshot."};
constexpr Words quoted = {"« {} »", "“{}”", "“{}”"};

std::string filled(const char* words, const std::string& content) {
  return fmt::format(fmt::runtime(words), content);
}

// A reason in the language and without quotation marks; anything else as it was found, and where that is a
// library's own English, said so.
std::string found_in_words(const Fault& fault, Language language) {
  if (fault.found.empty()) return nothing[language];
  if (fault.kind == FaultKind::other_file) return expectation_in(language, fault.found);
  const std::string words = reason_in(language, fault.found);
  if (words != fault.found) return words;
  const bool of_library = fault.kind == FaultKind::unreadable || fault.kind == FaultKind::unwritable ||
                          fault.kind == FaultKind::not_a_result;
  const bool sentence = fault.found.find(' ') != std::string::npos;
  return filled(of_library && sentence ? library_says[language] : quoted[language], fault.found);
}

// What to do about a snapshot of another past: an option can follow it, anything else cannot.
std::string advice(const Fault& fault, Language language) {
  if (!fault.key.starts_with("--")) return new_snapshot[language];
  std::string option = fault.key + " " + fault.found;
  if (fault.found == "true") option = fault.key;
  if (fault.found == "false") return filled(leave_out[language], fault.key);
  return filled(follow_snapshot[language], option);
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
  const bool past = fault.kind == FaultKind::other_past;
  if (!fault.expected.empty())
    text += filled(past ? here[language] : expected[language], expectation_in(language, fault.expected));
  if (past) text += advice(fault, language);
  if (!fault.nearest.empty()) text += filled(nearest[language], fault.nearest);
  return text;
}

std::string describe_all(const InputError& error, Language language) {
  std::string text;
  for (const Fault& fault : error.faults()) text += describe(fault, language) + "\n";
  return text;
}

}  // namespace tremplin
