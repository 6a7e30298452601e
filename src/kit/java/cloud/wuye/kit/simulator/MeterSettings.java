package cloud.wuye.kit.simulator;

import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;

/**
 * How a meter behaves.
 *
 * @param seed the same seed and uid give the same customer and the same meter
 * @param zone in which the customer gets up and goes to bed
 * @param faults what goes wrong with it
 * @param heartbeat its longest silence
 * @param interval between two readings, in the time of {@code time}
 * @param time the true time; the meter's own clock may differ from it
 * @param history how long ago a meter that remembers nothing began to count
 */
public record MeterSettings(
        long seed,
        ZoneId zone,
        Faults faults,
        Duration heartbeat,
        Duration interval,
        InstantSource time,
        Duration history) {
    /** Faultless, in China, a reading every fifteen minutes, a heartbeat every minute. */
    public static MeterSettings usual() {
        return new MeterSettings(
                1,
                ZoneId.of("Asia/Shanghai"),
                Faults.none(),
                Duration.ofSeconds(60),
                Duration.ofMinutes(15),
                InstantSource.system(),
                Duration.ZERO);
    }

    /** With this seed. */
    public MeterSettings withSeed(long other) {
        return new MeterSettings(other, zone, faults, heartbeat, interval, time, history);
    }

    /** With customers there. */
    public MeterSettings in(ZoneId other) {
        return new MeterSettings(seed, other, faults, heartbeat, interval, time, history);
    }

    /** With these faults. */
    public MeterSettings with(Faults other) {
        return new MeterSettings(seed, zone, other, heartbeat, interval, time, history);
    }

    /** With this longest silence. */
    public MeterSettings withHeartbeat(Duration other) {
        return new MeterSettings(seed, zone, faults, other, interval, time, history);
    }

    /** With a reading so often. */
    public MeterSettings every(Duration other) {
        return new MeterSettings(seed, zone, faults, heartbeat, other, time, history);
    }

    /** By that time. */
    public MeterSettings at(InstantSource other) {
        return new MeterSettings(seed, zone, faults, heartbeat, interval, other, history);
    }

    /** With a past so long. */
    public MeterSettings since(Duration other) {
        return new MeterSettings(seed, zone, faults, heartbeat, interval, time, other);
    }
}
