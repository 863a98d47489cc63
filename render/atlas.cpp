#include "render/atlas.hpp"

#include <algorithm>
#include <utility>

namespace walkout::render {

std::optional<Atlas::Slot> Atlas::slot(const MaskKey& key)
{
    const auto found = slots_.find(key);
    if (found != slots_.end())
        return found->second;
    const auto made = place(maker_.make(key));
    if (made)
        slots_.emplace(key, *made);
    else
        overflowed_ = true;
    return made;
}

std::optional<Atlas::Slot> Atlas::place(const Mask& mask)
{
    if (shelf_x_ + mask.width > side_) {
        shelf_y_ += shelf_height_;
        shelf_x_ = shelf_height_ = 0;
    }
    if (mask.width > side_ || shelf_y_ + mask.height > side_)
        return {};
    const Slot slot{shelf_x_, shelf_y_, mask.left, mask.top, mask.width, mask.height};
    for (int y = 0; y < mask.height; ++y)
        std::copy_n(mask.alpha.begin() + y * mask.width, mask.width,
                    alpha_.begin() + (slot.y + y) * side_ + slot.x);
    shelf_x_ += mask.width;
    shelf_height_ = std::max(shelf_height_, mask.height);
    changes_ = {std::min(changes_.left, slot.x), std::min(changes_.top, slot.y),
                std::max(changes_.right, slot.x + slot.width),
                std::max(changes_.bottom, slot.y + slot.height)};
    return slot;
}

void Atlas::start_over(int side)
{
    side_ = side;
    slots_.clear();
    alpha_.assign(static_cast<std::size_t>(side) * static_cast<std::size_t>(side), 0);
    alpha_[0] = 255;
    shelf_x_ = shelf_height_ = 1;
    shelf_y_ = 0;
    changes_ = {0, 0, side, side};
    overflowed_ = false;
}

PixelRect Atlas::take_changes()
{
    return std::exchange(changes_, {side_, side_, 0, 0});
}

} // namespace walkout::render
