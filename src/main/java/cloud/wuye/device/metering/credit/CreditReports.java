package cloud.wuye.device.metering.credit;

import static cloud.wuye.platform.db.Columns.utc;

import cloud.wuye.device.command.CreditStanding;
import cloud.wuye.device.command.DeviceCommand;
import cloud.wuye.device.contract.ElectricityTelemetry;
import cloud.wuye.device.inbox.Received;
import cloud.wuye.device.inbox.TelemetryHandler;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Keeps what meters say about their own credit; the newest word wins, in whatever order they come. */
@ApplicationScoped
class CreditReports implements TelemetryHandler<ElectricityTelemetry> {
    private static final String READ =
            """
            INSERT INTO meter_credit_report AS r (tenant_id, device_id, credit, reported_at, read_credit, read_at)
            SELECT tenant_id, device_id, credit, at, credit, at
            FROM unnest($1::uuid[], $2::uuid[], $3::numeric[], $4::timestamptz[]) AS n (tenant_id, device_id, credit, at)
            ON CONFLICT (tenant_id, device_id) DO UPDATE
            SET credit = CASE WHEN excluded.reported_at >= coalesce(r.reported_at, '-infinity') THEN excluded.credit ELSE r.credit END,
                reported_at = greatest(r.reported_at, excluded.reported_at),
                read_credit = excluded.read_credit, read_at = excluded.read_at
            WHERE r.read_at IS NULL OR excluded.read_at > r.read_at""";
    private static final String ANSWERED =
            """
            INSERT INTO meter_credit_report AS r (tenant_id, device_id, credit, reported_at, last_number)
            VALUES ($1, $2, $3, CASE WHEN $3::numeric IS NOT NULL THEN $4::timestamptz END, $5)
            ON CONFLICT (tenant_id, device_id) DO UPDATE
            SET credit = CASE WHEN excluded.reported_at >= coalesce(r.reported_at, '-infinity') THEN excluded.credit ELSE r.credit END,
                reported_at = greatest(r.reported_at, excluded.reported_at),
                last_number = coalesce(excluded.last_number, r.last_number)""";

    @Override
    public Class<ElectricityTelemetry> handles() {
        return ElectricityTelemetry.class;
    }

    @Override
    public Uni<List<Refusal>> store(SqlConnection tx, List<Received<ElectricityTelemetry>> batch) {
        // In the order of the devices, as every statement that touches several of these rows.
        Map<UUID, Received<ElectricityTelemetry>> newest = new TreeMap<>();
        batch.stream()
                .filter(message -> counted(message) != null)
                .sorted(Comparator.comparing(Received::at))
                .forEach(message -> newest.put(message.device().id(), message));
        if (newest.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        Collection<Received<ElectricityTelemetry>> said = newest.values();
        return tx.preparedQuery(READ)
                .execute(Tuple.of(
                        said.stream()
                                .map(message -> message.device().tenantId())
                                .toArray(UUID[]::new),
                        newest.keySet().toArray(UUID[]::new),
                        said.stream().map(CreditReports::counted).toArray(BigDecimal[]::new),
                        said.stream().map(message -> utc(message.at())).toArray(OffsetDateTime[]::new)))
                .replaceWith(List.of());
    }

    /** The meter's word in the answer to a command. */
    Uni<Void> answered(SqlConnection tx, DeviceCommand command, Instant now) {
        CreditStanding standing = CreditStanding.after(command);
        if (standing.purchase() == null && standing.credit() == null) {
            return Uni.createFrom().voidItem();
        }
        return tx.preparedQuery(ANSWERED)
                .execute(Tuple.of(
                        command.tenantId(), command.deviceId(), standing.credit(), utc(now), standing.purchase()))
                .replaceWithVoid();
    }

    private static BigDecimal counted(Received<ElectricityTelemetry> message) {
        var credit = message.payload().credit();
        return credit != null && credit.countedByMeter() ? credit.energy() : null;
    }
}
