#include "cli/launch.hpp"

int main(int n_words, char** words) { return tremplin::cli::launch(n_words, words); }
