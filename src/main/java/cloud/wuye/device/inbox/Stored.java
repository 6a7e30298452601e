package cloud.wuye.device.inbox;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What became of a batch.
 *
 * @param kinds how many messages of each kind were taken, as {@code class.channel}
 * @param parked those that were not
 * @param answers what to tell devices, now that it is committed
 * @param changed devices whose state changed
 * @param read meters with new readings
 * @param tenants the companies whose devices spoke
 */
record Stored(
        Map<String, Integer> kinds,
        List<Parked> parked,
        List<Answer> answers,
        List<KnownDevice> changed,
        Set<KnownDevice> read,
        Set<UUID> tenants) {}
