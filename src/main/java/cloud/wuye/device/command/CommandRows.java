package cloud.wuye.device.command;

import static cloud.wuye.platform.db.Columns.instant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;

/**
 * Commands as rows and back. A whole batch travels to the database as one JSON array with the column names as keys,
 * which PostgreSQL turns into rows: one parameter, one statement, however many commands.
 */
@ApplicationScoped
class CommandRows {
    static final String COLUMNS =
            """
            c.id, c.tenant_id, c.device_id, c.op, c.kind, c.lane, c.args::text AS args, c.origin, c.by_subject, c.by_name, c.reason,
            c.correlation_id, c.sequence_no, c.expect_version, c.supersedes_id, c.read_back, c.ack_ms, c.done_ms, c.valid_ms, c.max_attempts,
            c.created_at, c.expires_at, c.state, c.attempt, c.hand, c.in_relay, c.deadline, c.code, c.detail,
            c.result::text AS result, c.settled_at, c.doubted_at""";

    private final ObjectMapper mapper;

    CommandRows(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** New commands, without their own ids and their devices'. */
    String blank(Collection<DeviceCommand> commands) {
        ArrayNode rows = mapper.createArrayNode();
        for (DeviceCommand command : commands) {
            ObjectNode row = rows.addObject();
            given(command, row);
            standing(command, row);
        }
        return rows.toString();
    }

    /** What may have changed in commands. */
    String changes(Collection<DeviceCommand> commands) {
        ArrayNode rows = mapper.createArrayNode();
        for (DeviceCommand command : commands) {
            ObjectNode row = rows.addObject();
            row.put("id", text(command.id)).put("tenant_id", text(command.tenantId));
            standing(command, row);
        }
        return rows.toString();
    }

    String attempts(Collection<DeviceCommand> commands) {
        ArrayNode rows = mapper.createArrayNode();
        for (DeviceCommand command : commands) {
            command.touched().forEach(attempt -> write(command, attempt, rows.addObject()));
        }
        return rows.toString();
    }

    /** What stays as it was ordered. */
    private void given(DeviceCommand c, ObjectNode row) {
        row.put("tenant_id", text(c.tenantId)).put("op", c.op);
        row.put("kind", c.kind.name()).put("lane", c.lane);
        row.set("args", json(c.args));
        row.put("origin", c.origin.name())
                .put("by_subject", c.by)
                .put("by_name", c.byName)
                .put("reason", c.reason);
        row.put("correlation_id", text(c.correlationId)).put("sequence_no", c.sequenceNo);
        row.put("expect_version", c.expectVersion);
        row.put("supersedes_id", text(c.supersedesId)).put("read_back", c.readBack);
        row.put("ack_ms", c.ackWithin.toMillis()).put("done_ms", c.doneWithin.toMillis());
        row.put("valid_ms", c.validFor.toMillis()).put("max_attempts", c.maxAttempts);
        row.put("created_at", text(c.createdAt)).put("expires_at", text(c.expiresAt));
    }

    /** How it stands. */
    private void standing(DeviceCommand c, ObjectNode row) {
        row.put("state", c.state.name()).put("attempt", c.attempt);
        row.put("hand", c.hand).put("in_relay", c.inRelay).put("deadline", text(c.deadline));
        row.put("code", c.code).put("detail", c.detail).put("settled_at", text(c.settledAt));
        row.put("doubted_at", text(c.doubtedAt));
        if (c.result != null) {
            row.set("result", json(c.result));
        }
    }

    private static void write(DeviceCommand command, Attempt attempt, ObjectNode row) {
        row.put("tenant_id", text(command.tenantId)).put("command_id", text(command.id));
        row.put("attempt", attempt.number).put("late", attempt.late);
        row.put("sent_at", text(attempt.sentAt)).put("accepted_at", text(attempt.acceptedAt));
        row.put("ended_at", text(attempt.endedAt));
        row.put("outcome", attempt.outcome == null ? null : attempt.outcome.name());
        row.put("code", attempt.code).put("detail", attempt.detail);
    }

    static DeviceCommand read(Row row) {
        DeviceCommand c = new DeviceCommand();
        c.id = row.getUUID("id");
        c.tenantId = row.getUUID("tenant_id");
        c.deviceId = row.getUUID("device_id");
        c.op = row.getString("op");
        c.kind = OpKind.valueOf(row.getString("kind"));
        c.lane = row.getString("lane");
        c.args = row.getString("args");
        c.origin = CommandOrigin.valueOf(row.getString("origin"));
        c.by = row.getString("by_subject");
        c.byName = row.getString("by_name");
        c.reason = row.getString("reason");
        c.correlationId = row.getUUID("correlation_id");
        c.sequenceNo = row.getLong("sequence_no");
        c.expectVersion = row.getLong("expect_version");
        c.supersedesId = row.getUUID("supersedes_id");
        c.readBack = row.getString("read_back");
        c.ackWithin = Duration.ofMillis(row.getLong("ack_ms"));
        c.doneWithin = Duration.ofMillis(row.getLong("done_ms"));
        c.validFor = Duration.ofMillis(row.getLong("valid_ms"));
        c.maxAttempts = row.getInteger("max_attempts");
        c.createdAt = instant(row, "created_at");
        c.expiresAt = instant(row, "expires_at");
        c.state = CommandState.valueOf(row.getString("state"));
        c.stored = c.state;
        c.attempt = row.getInteger("attempt");
        c.hand = row.getInteger("hand");
        c.inRelay = row.getBoolean("in_relay");
        c.deadline = instant(row, "deadline");
        c.code = row.getString("code");
        c.detail = row.getString("detail");
        c.result = row.getString("result");
        c.settledAt = instant(row, "settled_at");
        c.doubtedAt = instant(row, "doubted_at");
        return c;
    }

    private com.fasterxml.jackson.databind.JsonNode json(String text) {
        try {
            return mapper.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored JSON is not JSON", e);
        }
    }

    private static String text(UUID id) {
        return id == null ? null : id.toString();
    }

    private static String text(Instant at) {
        return at == null ? null : at.toString();
    }
}
