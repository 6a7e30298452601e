package cloud.wuye.device.command;

import cloud.wuye.platform.db.Columns;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Adds new commands, with those of devices that are online their hand-over to the outbox, by one statement: added first and
 * handed over then, each row would be written twice, and each index with it. What the commands of a batch have in common,
 * which is nearly everything when a timetable reads a thousand meters, travels once.
 */
@ApplicationScoped
class NewCommands {
    /** In the order of devices: lanes are taken in the same order by whoever takes several. The first for a lane has it. */
    private static final String ADD =
            """
            WITH added AS (
              INSERT INTO device_command (id, tenant_id, device_id, op, kind, lane, args, origin, by_subject, by_name, reason,
                correlation_id, sequence_no, expect_version, supersedes_id, read_back, ack_ms, done_ms, valid_ms, max_attempts,
                created_at, expires_at, state, attempt, hand, in_relay, deadline)
              SELECT r.id, k.tenant_id, r.device_id, k.op, k.kind, k.lane, k.args, k.origin, k.by_subject, k.by_name, k.reason,
                k.correlation_id, k.sequence_no, k.expect_version, k.supersedes_id, k.read_back, k.ack_ms, k.done_ms, k.valid_ms,
                k.max_attempts, k.created_at, k.expires_at, k.state, k.attempt, CASE WHEN s.device_id IS NULL THEN 0 ELSE 1 END,
                s.device_id IS NOT NULL, k.deadline
              FROM unnest($2::uuid[], $3::uuid[], $4::int[]) WITH ORDINALITY AS r (id, device_id, kind, place)
              JOIN json_populate_recordset(NULL::device_command, $1::text::json) WITH ORDINALITY AS k ON k.ordinality = r.kind
              LEFT JOIN device_state s ON s.device_id = r.device_id AND s.tenant_id = k.tenant_id
                AND s.connectivity = 'ONLINE' AND k.expires_at > k.created_at
              ORDER BY r.device_id, r.place
              ON CONFLICT (tenant_id, device_id, lane) WHERE state IN ('QUEUED', 'SENT', 'ACCEPTED', 'TIMED_OUT') DO NOTHING
              RETURNING id, tenant_id, device_id, lane, attempt, hand, in_relay, created_at),
            handed AS (
              INSERT INTO outbox_message (id, tenant_id, kind, key, dedupe_key, payload, created_at, due_at)
              SELECT gen_random_uuid(), tenant_id, %s, device_id::text, id || ':' || hand,
                     jsonb_build_object('command', id, 'hand', hand), created_at, created_at
              FROM added WHERE in_relay ORDER BY id)
            SELECT id, hand, in_relay FROM added"""
                    .formatted(RepeatCommand.KIND_OF_COMMAND);

    private final CommandRows rows;

    NewCommands(CommandRows rows) {
        this.rows = rows;
    }

    /**
     * A command to be added.
     *
     * @param like the first of those that differ from it in id and device only, which may be itself
     */
    record Wanted(DeviceCommand command, DeviceCommand like) {}

    /** Adds these; one whose lane is taken is dropped. Gives those that were added, in their order. */
    Uni<List<DeviceCommand>> add(SqlConnection tx, List<Wanted> wanted) {
        Map<UUID, DeviceCommand> byId = new LinkedHashMap<>();
        List<DeviceCommand> kinds = new ArrayList<>();
        List<Integer> kindOf = new ArrayList<>(wanted.size());
        Map<UUID, Integer> numbers = new HashMap<>();
        for (Wanted each : wanted) {
            byId.put(each.command().id(), each.command());
            kindOf.add(numbers.computeIfAbsent(each.like().id(), first -> {
                kinds.add(each.like());
                return kinds.size();
            }));
        }
        return tx.preparedQuery(ADD)
                .execute(Tuple.of(
                        rows.blank(kinds),
                        Columns.uuids(byId.values(), DeviceCommand::id),
                        Columns.uuids(byId.values(), DeviceCommand::deviceId),
                        kindOf.toArray(Integer[]::new)))
                .map(added -> {
                    Set<UUID> ids = new HashSet<>();
                    for (Row row : added) {
                        DeviceCommand command = byId.get(row.getUUID("id"));
                        command.hand = row.getInteger("hand");
                        command.inRelay = row.getBoolean("in_relay");
                        ids.add(command.id());
                    }
                    return byId.values().stream()
                            .filter(command -> ids.contains(command.id()))
                            .toList();
                });
    }
}
