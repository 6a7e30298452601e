package cloud.wuye.device.supply;

import cloud.wuye.platform.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** The on/off log of devices; append-only. */
@ApplicationScoped
class SwitchEvents {
    /** The reasons are those of the holds that are open at this moment; the command is the last one that asked for it. */
    private static final String SWITCHED =
            """
            INSERT INTO switch_event (id, tenant_id, device_id, at, what, reason, command_id)
            SELECT r.id, r.tenant_id, r.device_id, r.at, r.what,
              (SELECT string_agg(DISTINCT h.reason, ',' ORDER BY h.reason) FROM supply_hold h
                WHERE h.tenant_id = r.tenant_id AND h.device_id = r.device_id AND h.released_at IS NULL),
              (SELECT c.id FROM device_command c WHERE c.tenant_id = r.tenant_id AND c.device_id = r.device_id
                 AND c.lane = $6 AND c.attempt > 0 AND c.created_at > r.at - interval '1 day'
               ORDER BY c.created_at DESC LIMIT 1)
            FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::text[])
              AS r (id, tenant_id, device_id, at, what)""";

    private static final String FAILED =
            """
            INSERT INTO switch_event (id, tenant_id, device_id, at, what, command_id, note)
            SELECT r.id, r.tenant_id, r.device_id, $1, 'SWITCH_FAILED', r.command_id, r.note
            FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[])
              AS r (id, tenant_id, device_id, command_id, note)""";

    /** A device's switch has changed, as it says itself. */
    record Switched(UUID tenantId, UUID deviceId, Instant at, SwitchState to) {}

    /** A switching command has not been done, or nobody knows. */
    record Failed(UUID tenantId, UUID deviceId, UUID commandId, String note) {}

    /** Those of the acknowledgements that turned out not to be true, as failures. */
    static List<Failed> belied(List<SwitchAnswers.Checked> checked) {
        return checked.stream()
                .filter(SwitchAnswers.Checked::belied)
                .map(each ->
                        new Failed(each.tenantId(), each.deviceId(), null, "REPORTS_" + each.said() + "_AFTER_ALL"))
                .toList();
    }

    Uni<Void> switched(SqlConnection tx, List<Switched> events) {
        return events.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(SWITCHED)
                        .execute(Tuple.of(
                                ids(events),
                                uuids(events, Switched::tenantId),
                                uuids(events, Switched::deviceId),
                                events.stream()
                                        .map(event -> event.at().atOffset(ZoneOffset.UTC))
                                        .toArray(java.time.OffsetDateTime[]::new),
                                events.stream()
                                        .map(event -> "SWITCHED_" + event.to())
                                        .toArray(String[]::new),
                                SwitchOps.LANE))
                        .replaceWithVoid();
    }

    Uni<Void> failed(SqlConnection tx, Instant now, List<Failed> events) {
        return events.isEmpty()
                ? Uni.createFrom().voidItem()
                : tx.preparedQuery(FAILED)
                        .execute(Tuple.of(
                                now.atOffset(ZoneOffset.UTC),
                                ids(events),
                                uuids(events, Failed::tenantId),
                                uuids(events, Failed::deviceId),
                                uuids(events, Failed::commandId),
                                events.stream().map(Failed::note).toArray(String[]::new)))
                        .replaceWithVoid();
    }

    private static UUID[] ids(List<?> events) {
        return events.stream().map(event -> Ids.next()).toArray(UUID[]::new);
    }

    private static <E> UUID[] uuids(List<E> events, Function<E, UUID> of) {
        return events.stream().map(of).toArray(UUID[]::new);
    }
}
