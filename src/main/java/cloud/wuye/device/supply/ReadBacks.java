package cloud.wuye.device.supply;

import cloud.wuye.device.command.CommandListener;
import cloud.wuye.device.command.CommandOp;
import cloud.wuye.device.command.CommandState;
import cloud.wuye.device.command.DeviceCommand;
import cloud.wuye.device.command.Order;
import cloud.wuye.device.command.SendCommands;
import cloud.wuye.platform.time.Clock;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Asks a device how it stands when it has said that it switched and then reported nothing, and holds what it shows against
 * what it said. An acknowledgement tells what a device did, only a report or such an answer what came of it.
 */
@ApplicationScoped
class ReadBacks implements CommandListener {
    /** One open question per device. */
    private static final CommandOp READ = CommandOp.READ_STATE.inLane("shown");

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final SwitchAnswers answers;
    private final SwitchEvents events;
    private final SendCommands send;
    private final Clock clock;

    ReadBacks(SwitchAnswers answers, SwitchEvents events, SendCommands send, Clock clock) {
        this.answers = answers;
        this.events = events;
        this.send = send;
        this.clock = clock;
    }

    /** Asks up to so many devices; tells how many. */
    Uni<Integer> ask(SqlConnection tx, int atMost) {
        return answers.unshown(tx, clock.now(), atMost).flatMap(rows -> {
            Map<UUID, List<Order>> byTenant = rows.stream()
                    .collect(Collectors.groupingBy(
                            row -> row.getUUID("tenant_id"),
                            TreeMap::new,
                            Collectors.mapping(ReadBacks::order, Collectors.toList())));
            Uni<Void> all = Uni.createFrom().voidItem();
            for (Map.Entry<UUID, List<Order>> tenant : byTenant.entrySet()) {
                all = all.chain(() -> send.queue(tx, tenant.getKey(), tenant.getValue()))
                        .replaceWithVoid();
            }
            return all.replaceWith(rows.size());
        });
    }

    private static Order order(Row row) {
        return Order.bySystem(row.getUUID("tenant_id"), row.getUUID("device_id"), READ, Map.of(), null)
                .waiting(PATIENCE);
    }

    @Override
    public Uni<Void> changed(SqlConnection tx, Collection<DeviceCommand> commands) {
        List<SwitchAnswers.Shown> shown = commands.stream()
                .filter(command -> command.op().equals(READ.name()) && command.state() == CommandState.SUCCEEDED)
                .map(ReadBacks::shown)
                .filter(Objects::nonNull)
                .toList();
        if (shown.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Instant now = clock.now();
        return answers.shown(tx, now, shown)
                .map(SwitchEvents::belied)
                .flatMap(belied -> events.failed(tx, now, belied));
    }

    /** Null when it does not show a switch that is on or off. */
    private static SwitchAnswers.Shown shown(DeviceCommand command) {
        if (command.result() == null) {
            return null;
        }
        JsonNode result = read(command.result());
        SwitchState said = said(result.path("relay").asText(), "closed", "open");
        SwitchState valve = said == null ? said(result.path("valve").asText(), "open", "closed") : said;
        return valve == null ? null : new SwitchAnswers.Shown(command.deviceId(), valve, command.createdAt());
    }

    private static SwitchState said(String word, String on, String off) {
        if (word.equals(on)) {
            return SwitchState.ON;
        }
        return word.equals(off) ? SwitchState.OFF : null;
    }

    private static JsonNode read(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored JSON is not JSON", e);
        }
    }
}
