package cloud.wuye.device.metering;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What became of a batch.
 *
 * @param stored readings that were new
 * @param repeated readings that were stored before, or stood twice in the batch
 * @param revised older readings on which the judgement changed
 * @param suspects those of the new readings that are not counted
 */
public record Recorded(int stored, int repeated, int revised, List<Suspect> suspects) {
    static final Recorded NOTHING = new Recorded(0, 0, 0, List.of());

    /** A new reading that cannot be true as it stands. */
    public record Suspect(UUID deviceId, MeterRegister register, Instant at, ReadingFinding finding) {}
}
