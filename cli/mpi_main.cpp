// The program as several processes that Open MPI starts: `./tremplin mpi -n 4 calibrate …`. The processes
// share the runs of a calibration; of any other command the first one does all the work.
#include <mpi.h>

#include <string>

#include "calibration/inference/team.hpp"
#include "cli/interrupt.hpp"
#include "cli/launch.hpp"

namespace {

using tremplin::inference::Index;
using tremplin::inference::Matrix;
using tremplin::inference::Row;

class MpiTeam : public tremplin::inference::Team {
 public:
  MpiTeam() {
    MPI_Comm_size(MPI_COMM_WORLD, &size_);
    MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
  }
  [[nodiscard]] Index size() const override { return size_; }
  [[nodiscard]] Index rank() const override { return rank_; }

  Matrix gathered(const Row& own) override {
    const int n = static_cast<int>(own.size());
    Matrix columns(own.size(), size());  // one for each process: they lie one after the other in memory
    MPI_Allgather(own.data(), n, MPI_DOUBLE, columns.data(), n, MPI_DOUBLE, MPI_COMM_WORLD);
    return columns.transpose();
  }
  void take_from_first(Matrix& shared) override {
    MPI_Bcast(shared.data(), static_cast<int>(shared.size()), MPI_DOUBLE, 0, MPI_COMM_WORLD);
  }

 private:
  int size_ = 1;
  int rank_ = 0;
};

// A process that ends without the others would leave them waiting.
int finish(int code, const MpiTeam& team) {
  // Of an interruption all were told.
  if (code != 0 && code != tremplin::cli::exit_interrupted && team.size() > 1)
    MPI_Abort(MPI_COMM_WORLD, code);
  MPI_Finalize();
  return code;
}

}  // namespace

int main(int n_words, char** words) {
  tremplin::cli::leave_signals_to_interrupt();
  int provided = 0;
  if (MPI_Init_thread(&n_words, &words, MPI_THREAD_FUNNELED, &provided) != MPI_SUCCESS) return 1;
  MpiTeam team;
  const bool shares = n_words > 1 && std::string(words[1]) == "calibrate";
  if (!shares && team.rank() != 0) return finish(0, team);
  return finish(tremplin::cli::launch(n_words, words, shares ? &team : nullptr), team);
}
