package cloud.wuye.kit.simulator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Deals out the faults that a device has or has not, so that of 40 devices at 5 % exactly two have it. */
final class StandingFaults {
    private static final List<Fault> STANDING = List.of(Fault.CLOCK, Fault.NOCLOCK, Fault.ROLLOVER, Fault.NOISE);

    private StandingFaults() {}

    static Map<String, Faults> share(Faults all, long seed, List<DeviceCard> cards) {
        Map<String, Faults> dealt = new HashMap<>();
        cards.forEach(card -> dealt.put(card.uid(), all));
        for (Fault fault : STANDING) {
            long count = (long) Math.ceil(all.of(fault) * cards.size() - 1e-9);
            List<String> chosen = cards.stream()
                    .map(DeviceCard::uid)
                    .sorted((one, other) ->
                            Long.compare(Hash.of(seed + fault.ordinal(), one), Hash.of(seed + fault.ordinal(), other)))
                    .limit(count)
                    .toList();
            cards.forEach(card -> dealt.computeIfPresent(
                    card.uid(), (uid, faults) -> faults.with(fault, chosen.contains(uid) ? 1 : 0)));
        }
        return dealt;
    }
}
