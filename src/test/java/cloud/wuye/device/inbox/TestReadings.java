package cloud.wuye.device.inbox;

import cloud.wuye.device.contract.ElectricityTelemetry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** A handler as a feature would write it, asleep unless a test wakes it. Its table is the test's. */
@ApplicationScoped
public class TestReadings implements TelemetryHandler<ElectricityTelemetry> {
    static final String TABLE =
            """
            CREATE TABLE IF NOT EXISTS test_reading (
              device_id uuid, message_id uuid, at timestamptz, suspect boolean, total numeric(14, 4),
              PRIMARY KEY (device_id, message_id));
            GRANT SELECT, INSERT ON test_reading TO wuye_cross""";
    static final BigDecimal POISON = new BigDecimal("666.0000");
    static final BigDecimal UNWANTED = new BigDecimal("777.0000");

    static volatile boolean awake;
    static final AtomicInteger failures = new AtomicInteger();
    static final AtomicInteger largest = new AtomicInteger();

    @Override
    public Class<ElectricityTelemetry> handles() {
        return ElectricityTelemetry.class;
    }

    @Override
    public Uni<List<Refusal>> store(SqlConnection tx, List<Received<ElectricityTelemetry>> batch) {
        if (!awake) {
            return Uni.createFrom().item(List.of());
        }
        largest.accumulateAndGet(batch.size(), Math::max);
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new IllegalStateException("a handler that fails");
        }
        List<Refusal> refusals = batch.stream()
                .filter(each -> each.payload().total().compareTo(UNWANTED) == 0)
                .map(each -> new Refusal(each, "unwanted"))
                .toList();
        // The database itself chokes on the poisoned one.
        return tx.preparedQuery(
                        """
                        INSERT INTO test_reading
                        SELECT d, m, a, s, CASE WHEN t = 666 THEN 1 / (t - 666) ELSE t END
                        FROM unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::boolean[], $5::numeric[]) AS n (d, m, a, s, t)
                        ON CONFLICT DO NOTHING""")
                .execute(Tuple.of(
                        batch.stream().map(each -> each.device().id()).toArray(UUID[]::new),
                        batch.stream().map(each -> each.envelope().id()).toArray(UUID[]::new),
                        batch.stream()
                                .map(each -> each.at().atOffset(ZoneOffset.UTC))
                                .toArray(OffsetDateTime[]::new),
                        batch.stream().map(Received::clockSuspect).toArray(Boolean[]::new),
                        batch.stream().map(each -> each.payload().total()).toArray(BigDecimal[]::new)))
                .map(ignored -> refusals);
    }
}
