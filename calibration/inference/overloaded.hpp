// A visitor of std::variant made of one function for each alternative.
#pragma once

namespace tremplin::inference {

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

}  // namespace tremplin::inference
