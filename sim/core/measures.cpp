#include "sim/core/measures.hpp"

namespace walkout {

std::span<const MeasureInfo> measure_infos()
{
    static constexpr std::array<MeasureInfo, 12> infos = {{
        {"peak_signed_share", &Measures::peak_signed_share, "share",
         "largest share of staff whose names stood under the petition for the leader"},
        {"peak_opposed_share", &Measures::peak_opposed_share, "share",
         "the same for the petition of the other side"},
        {"hours_to_half", &Measures::hours_to_half, "hours",
         "from the opening of the petition to signatures of half the staff"},
        {"hours_to_90_percent", &Measures::hours_to_90_percent, "hours",
         "from the opening of the petition to signatures of 90 % of staff"},
        {"signed_in_two_hours", &Measures::signed_in_two_hours, "people",
         "signatures within two hours of the opening"},
        {"hours_to_concession", &Measures::hours_to_concession, "hours",
         "from the dismissal (the start, if there is none) to the quorum of directors giving way"},
        {"hours_to_return", &Measures::hours_to_return, "hours",
         "from the dismissal (the start, if there is none) to the settlement for the leader"},
        {"left_share", &Measures::left_share, "share", "largest share of staff gone at one time"},
        {"left_before_deadline_share", &Measures::left_before_deadline_share, "share",
         "share of staff gone at the concession or when an ultimatum runs out, whichever is first, "
         "else at the end"},
        {"conformity_share", &Measures::conformity_share, "share",
         "share of signers who would not have signed without peers, at the moment they signed"},
        {"bluff_share", &Measures::bluff_share, "share",
         "share of signers who would not leave, at the concession or when an ultimatum runs out, "
         "whichever is first"},
        {"instigator_share", &Measures::instigator_share, "share",
         "share of staff ready to sign without any peer as the petition opens"},
    }};
    return infos;
}

} // namespace walkout
