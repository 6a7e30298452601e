package cloud.wuye.device.metering;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** An installation as clients see it. */
@Type("MeterInstallation")
@Description("The time a meter counts for a service point.")
public record MeterInstallationView(
        @Id @NonNull @Description("The id.") UUID id,
        @Id @NonNull @Description("What is supplied; it keeps its id when its meter is replaced.") UUID servicePointId,
        @Id @NonNull @Description("The meter.") UUID deviceId,
        @Description("Since when; absent: since it first spoke.") Instant installedAt,
        @Description("Until when; absent while it is installed.") Instant removedAt,
        @NonNull @Description("What its counter showed at the beginning, kWh or m³.") BigDecimal initialRegister,
        @Description("What its counter showed at the end, kWh or m³.") BigDecimal finalRegister,
        @NonNull @Description("What the current transformers divide by; 1 without.") BigDecimal ctRatio,
        @NonNull @Description("Any other factor between counter and quantity.") BigDecimal multiplier,
        @Description("The counter's digits before the point, after which it begins anew.") int registerDigits,
        @NonNull @Description("The most the counter can move in an hour.") BigDecimal maxPerHour) {

    static MeterInstallationView of(Installation installation) {
        return new MeterInstallationView(
                installation.id(),
                installation.servicePointId(),
                installation.deviceId(),
                Instant.EPOCH.equals(installation.installedAt()) ? null : installation.installedAt(),
                installation.removedAt(),
                installation.initialRegister(),
                installation.finalRegister(),
                installation.ctRatio(),
                installation.multiplier(),
                installation.registerDigits(),
                installation.maxPerHour());
    }
}
