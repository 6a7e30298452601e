package cloud.wuye.device.metering;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.math.BigDecimal;
import java.time.Duration;

/** Settings of metering. */
@ConfigMapping(prefix = "wuye.metering")
public interface MeteringConfig {
    /** Digits before the point of a counter whose installation does not say: 6 rolls over at 1 000 000. */
    @WithDefault("6")
    int registerDigits();

    /** The most a meter can count in an hour, in kWh or m³, where its installation does not say; more is a jump. */
    @WithDefault("100")
    BigDecimal maxPerHour();

    /** How far back a person may date an installation or a reading; the same as for late telemetry. */
    @WithDefault("P35D")
    Duration latest();

    /** Months of partitions kept ready ahead of time. */
    @WithDefault("3")
    int monthsAhead();

    /** How far a meter's word about its own credit may be from what is expected, in kWh: registers and credit count differently fine. */
    @WithDefault("0.1")
    BigDecimal ownCreditTolerance();
}
