#include "tests/openturns_support.hpp"

#include <openturns/JansenSensitivityAlgorithm.hxx>
#include <openturns/MauntzKucherenkoSensitivityAlgorithm.hxx>

namespace walkout {

OpenTurnsIndices openturns_indices(const std::vector<std::vector<double>>& rows)
{
    const std::size_t n = rows.size(), blocks = rows.front().size();
    OT::Sample inputs(n * blocks, blocks - 2); // not looked at
    OT::Sample outputs(n * blocks, 1);
    for (std::size_t j = 0; j < n; ++j)
        for (std::size_t b = 0; b < blocks; ++b)
            outputs(b * n + j, 0) = rows[j][b];
    const OT::Point first =
        OT::MauntzKucherenkoSensitivityAlgorithm(inputs, outputs, n).getFirstOrderIndices();
    const OT::Point total =
        OT::JansenSensitivityAlgorithm(inputs, outputs, n).getTotalOrderIndices();
    return {{first.begin(), first.end()}, {total.begin(), total.end()}};
}

} // namespace walkout
