#pragma once

#include "render/coverage.hpp"
#include "render/pixels.hpp"

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace walkout::render {

/// Masks side by side in one square picture, made when first asked for. One texel is white.
class Atlas {
public:
    struct Slot {
        int x = 0, y = 0;          ///< of the first texel
        int left = 0, top = 0;     ///< as in Mask
        int width = 0, height = 0; ///< texels
    };
    static constexpr Point white{0.5F, 0.5F}; ///< center of a texel of full coverage

    explicit Atlas(int side = 1024) { start_over(side); }

    /// Where a mask is; nothing once the atlas is full.
    std::optional<Slot> slot(const MaskKey& key);
    bool overflowed() const { return overflowed_; }
    /// Forget all masks.
    void start_over(int side);

    int side() const { return side_; }
    /// Coverage of texels, row by row.
    const std::vector<std::uint8_t>& alpha() const { return alpha_; }
    /// The texels written since the last call.
    PixelRect take_changes();

private:
    std::optional<Slot> place(const Mask& mask);

    MaskMaker maker_;
    std::unordered_map<MaskKey, Slot, MaskKey::Hash> slots_;
    std::vector<std::uint8_t> alpha_;
    int side_ = 0;
    int shelf_x_ = 0, shelf_y_ = 0, shelf_height_ = 0;
    PixelRect changes_;
    bool overflowed_ = false;
};

} // namespace walkout::render
