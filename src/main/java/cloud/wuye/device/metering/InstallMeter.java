package cloud.wuye.device.metering;

import cloud.wuye.platform.Ids;
import cloud.wuye.platform.problem.Detail;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Puts meters in, takes them out and replaces them, inside the caller's transaction. */
@ApplicationScoped
class InstallMeter {
    private static final long CLOSING = 0xfffeL << 48;
    private static final long OPENING = 0xffffL << 48;

    private final Installations installations;
    private final MeteringConfig config;
    private final Clock clock;

    InstallMeter(Installations installations, MeteringConfig config, Clock clock) {
        this.installations = installations;
        this.config = config;
        this.clock = clock;
    }

    /** Puts a meter in at a service point; readings before do not count for it. */
    Uni<Installation> install(
            SqlClient tx, UUID tenantId, UUID deviceId, UUID servicePointId, MeterFittingInput fitting) {
        Instant now = clock.now();
        Instant at = within(fitting.at(), now);
        return installations
                .hold(tx, tenantId, deviceId)
                .chain(() -> installations.latest(tx, tenantId, deviceId))
                .chain(latest -> {
                    requireFree(latest, at);
                    Installation opened = opened(deviceId, servicePointId, at, fitting);
                    return installations
                            .save(tx, tenantId, opened, now, fitting.reason())
                            .replaceWith(opened);
                });
    }

    /** The meters that served the point of an installation before it, and serve it no longer. */
    Uni<List<UUID>> servedBefore(SqlClient tx, UUID tenantId, Installation now) {
        return installations.servedBefore(tx, tenantId, now);
    }

    /** Takes a meter out with its last reading. A meter never put in by hand served its own point since it first spoke. */
    Uni<Installation> remove(SqlClient tx, UUID tenantId, UUID deviceId, MeterRemovalInput removal) {
        Instant now = clock.now();
        Instant at = within(removal.at(), now);
        return installations
                .hold(tx, tenantId, deviceId)
                .chain(() -> installations.latest(tx, tenantId, deviceId))
                .map(latest -> latest == null ? sinceEver(deviceId) : latest)
                .map(open -> open.removed(at, ordered(CLOSING), removal.register()))
                .chain(closed -> installations
                        .save(tx, tenantId, closed, now, removal.reason())
                        .invoke(quality -> refuse(quality, removal))
                        .replaceWith(closed));
    }

    private static void requireFree(Installation latest, Instant at) {
        if (latest != null && latest.removedAt() == null) {
            throw new Problem(ProblemCode.METER_INSTALLED, "deviceId");
        }
        if (latest != null && at.isBefore(latest.removedAt())) {
            throw new Problem(ProblemCode.VALIDATION, "at", Detail.of("早于上次拆表", "before the last removal"));
        }
    }

    private static void refuse(ReadingQuality quality, MeterRemovalInput removal) {
        if (quality != ReadingQuality.VALID && !Boolean.TRUE.equals(removal.acceptImplausible())) {
            throw new Problem(
                    ProblemCode.READING_IMPLAUSIBLE,
                    "register",
                    removal.register().toPlainString());
        }
    }

    private Installation opened(UUID deviceId, UUID servicePointId, Instant at, MeterFittingInput fitting) {
        return new Installation(
                Ids.next(),
                servicePointId,
                deviceId,
                at,
                ordered(OPENING),
                fitting.register(),
                fitting.ctRatio() == null ? BigDecimal.ONE : fitting.ctRatio(),
                fitting.multiplier() == null ? BigDecimal.ONE : fitting.multiplier(),
                fitting.registerDigits() == null ? config.registerDigits() : fitting.registerDigits(),
                fitting.maxPerHour() == null ? config.maxPerHour() : fitting.maxPerHour(),
                null,
                null,
                null);
    }

    private Installation sinceEver(UUID deviceId) {
        return new Installation(
                Ids.next(),
                deviceId,
                deviceId,
                Instant.EPOCH,
                new UUID(0, 0),
                BigDecimal.ZERO,
                BigDecimal.ONE,
                BigDecimal.ONE,
                config.registerDigits(),
                config.maxPerHour(),
                null,
                null,
                null);
    }

    /** The instant meant, to the microsecond that the database keeps; neither to come nor older than late telemetry. */
    private Instant within(Instant asked, Instant now) {
        Instant at = asked == null ? now : asked.truncatedTo(java.time.temporal.ChronoUnit.MICROS);
        Duration age = Duration.between(at, now);
        if (age.isNegative() || age.compareTo(config.latest()) > 0) {
            throw new Problem(
                    ProblemCode.VALIDATION,
                    "at",
                    Detail.of("须在过去 {0} 之内", "must be within {0} before now", config.latest()));
        }
        return at;
    }

    /** An id that sorts behind those of all messages, as {@code meter_installation} wants. */
    private static UUID ordered(long first) {
        UUID id = Ids.next();
        return new UUID(first | (id.getMostSignificantBits() & 0x0000_ffff_ffff_ffffL), id.getLeastSignificantBits());
    }
}
