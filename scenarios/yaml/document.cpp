#include "scenarios/yaml/document.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <unordered_map>

#include "scenarios/yaml/utf8.hpp"

namespace tremplin::yaml {

namespace {

struct TooDeep {};

// Whether the quoted scalar that starts at `start` has its closing quote. yaml-cpp 0.7 lets a quote run
// to the end of the text if the last line is complete, and would swallow half a file in silence.
bool closes(std::string_view text, std::size_t start) {
  if (start >= text.size()) return true;
  const char quote = text[start];
  if (quote != '"' && quote != '\'') return true;  // a block
  for (std::size_t i = start + 1; i < text.size(); ++i) {
    const bool escaped = quote == '"' ? text[i] == '\\' : text.substr(i, 2) == "''";
    if (escaped) {
      ++i;
    } else if (text[i] == quote) {
      return true;
    }
  }
  return false;
}

// Builds the tree from yaml-cpp's events; open collections stand on a stack.
class Builder final : public YAML::EventHandler {
 public:
  Builder(const SourceText& source, Faults& faults)
      : source_(source.name), text_(source.text), faults_(faults) {}

  Node take_root() { return std::move(root_); }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    refuse_anchor(mark, anchor);
    add(node_at(mark, Node::Kind::null));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    refuse(mark, "*");
    add(node_at(mark, Node::Kind::null));
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    refuse_anchor(mark, anchor);
    refuse_tag(mark, tag);
    Node node = node_at(mark, Node::Kind::scalar);
    node.quoted = tag == "!";  // yaml-cpp's mark of a scalar that is not plain
    node.scalar = value;
    if (node.quoted && !closes(text_, static_cast<std::size_t>(mark.pos))) {
      throw YAML::ParserException(mark, "the quote is never closed");
    }
    add(std::move(node));
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, Node::Kind::list);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, Node::Kind::map);
  }
  void OnMapEnd() override { close(); }

 private:
  struct Open {
    Node node;
    std::optional<Entry> entry = {};  // of a map: its key has been read, its value has not
    // Where each key stands, so that a file of many keys takes linear time.
    std::unordered_map<std::string, std::size_t> keys = {};
  };

  static Node node_at(const YAML::Mark& mark, Node::Kind kind) {
    Node node;
    node.kind = kind;
    node.line = mark.line + 1;
    node.column = mark.column + 1;
    return node;
  }

  void refuse(const YAML::Mark& mark, std::string found) {
    faults_.add({.kind = FaultKind::wrong_type,
                 .source = source_,
                 .line = mark.line + 1,
                 .column = mark.column + 1,
                 .key = {},
                 .found = std::move(found),
                 .expected = std::string(expects::plain_yaml),
                 .nearest = {}});
  }
  void refuse_anchor(const YAML::Mark& mark, YAML::anchor_t anchor) {
    if (anchor != 0) refuse(mark, "&");
  }
  void refuse_tag(const YAML::Mark& mark, const std::string& tag) {
    if (!tag.empty() && tag != "?" && tag != "!") refuse(mark, tag);
  }

  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, Node::Kind kind) {
    if (open_.size() >= max_depth) throw TooDeep{};
    refuse_anchor(mark, anchor);
    refuse_tag(mark, tag);
    open_.push_back({.node = node_at(mark, kind)});
  }
  void close() {
    Node node = std::move(open_.back().node);
    open_.pop_back();
    add(std::move(node));
  }

  void add(Node node) {
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    Open& parent = open_.back();
    if (parent.node.kind == Node::Kind::list) {
      parent.node.items.push_back(std::move(node));
    } else if (!parent.entry) {
      parent.entry = key_from(node);
    } else {
      parent.entry->value = std::move(node);
      add_entry(parent);
    }
  }

  Entry key_from(const Node& node) {
    if (node.kind != Node::Kind::scalar) {
      faults_.add({.kind = FaultKind::wrong_type,
                   .source = source_,
                   .line = node.line,
                   .column = node.column,
                   .key = {},
                   .found = node.kind == Node::Kind::null ? "" : "[]",
                   .expected = std::string(expects::text),
                   .nearest = {}});
    }
    return {node.scalar, node.line, node.column, {}};
  }

  void add_entry(Open& parent) {
    auto& entries = parent.node.entries;
    const auto [same, is_new] = parent.keys.try_emplace(parent.entry->key, entries.size());
    if (is_new) {
      entries.push_back(std::move(*parent.entry));
    } else {
      faults_.add({.kind = FaultKind::duplicate_key,
                   .source = source_,
                   .line = parent.entry->line,
                   .column = parent.entry->column,
                   .key = same->first,
                   .found = source_ + ":" + std::to_string(entries[same->second].line),
                   .expected = {},
                   .nearest = {}});
    }
    parent.entry.reset();
  }

  std::string source_;
  std::string_view text_;
  Faults& faults_;
  Node root_;
  std::vector<Open> open_;
};

void parse(const SourceText& source, Builder& builder, Faults& faults) {
  std::istringstream stream(source.text);
  YAML::Parser parser(stream);
  parser.HandleNextDocument(builder);
  Faults ignored;
  Builder rest(source, ignored);
  if (parser.HandleNextDocument(rest)) {
    const Node second = rest.take_root();
    faults.add({.kind = FaultKind::unreadable,
                .source = source.name,
                .line = second.line,
                .column = second.column,
                .key = {},
                .found = "---",
                .expected = std::string(expects::one_document),
                .nearest = {}});
  }
}

}  // namespace

const Node* Node::find(std::string_view key) const {
  const auto found = std::ranges::find(entries, key, &Entry::key);
  return found == entries.end() ? nullptr : &found->value;
}

std::optional<Node> read_document(const SourceText& source, Faults& faults) {
  Fault fault{.kind = FaultKind::too_large,
              .source = source.name,
              .line = 0,
              .column = 0,
              .key = {},
              .found = std::to_string(source.text.size()),
              .expected = "<= " + std::to_string(max_bytes) + " bytes",
              .nearest = {}};
  if (source.text.size() > max_bytes) {
    faults.add(std::move(fault));
    return std::nullopt;
  }
  if (source.text.starts_with("\xef\xbb\xbf")) {  // a byte-order mark would shift yaml-cpp's positions
    return read_document({source.name, source.text.substr(3)}, faults);
  }
  if (const auto foreign = first_not_utf8(source.text)) {
    fault.kind = FaultKind::unreadable;
    fault.line = foreign->line;
    fault.column = foreign->column;
    fault.found = foreign->found;
    fault.expected = expects::utf8;
    faults.add(std::move(fault));
    return std::nullopt;
  }
  try {
    Builder builder(source, faults);
    parse(source, builder, faults);
    return builder.take_root();
  } catch (const YAML::Exception& error) {
    fault.kind = FaultKind::unreadable;
    fault.line = error.mark.line + 1;
    fault.column = error.mark.column + 1;
    fault.found = error.msg;
    fault.expected.clear();
  } catch (const TooDeep&) {
    fault.found = "> " + std::to_string(max_depth);
    fault.expected = "<= " + std::to_string(max_depth) + " levels";
  }
  faults.add(std::move(fault));
  return std::nullopt;
}

}  // namespace tremplin::yaml
