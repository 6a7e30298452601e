package cloud.wuye.device.command;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.json.Json;
import cloud.wuye.platform.outbox.OutboxHandler;
import cloud.wuye.platform.outbox.OutboxMessage;
import cloud.wuye.platform.time.Clock;
import io.quarkus.arc.All;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Carries commands out: looks again whether they shall be sent at all, marks them as sent, commits, and only then publishes.
 * The other way round a crash could hide that a door was opened. Those of a company that leave together share the
 * transaction: of those that tell who watches, PostgreSQL commits one at a time.
 */
@ApplicationScoped
class DeliverCommand implements OutboxHandler {
    static final String KIND = "mqtt.command";

    private final Db db;
    private final DeviceCommands commands;
    private final CommandLine line;
    private final CommandNews news;
    private final List<DeliveryCheck> checks;
    private final Clock clock;
    private final Json json;

    DeliverCommand(
            Db db,
            DeviceCommands commands,
            CommandLine line,
            CommandNews news,
            @All List<DeliveryCheck> checks,
            Clock clock,
            Json json) {
        this.db = db;
        this.commands = commands;
        this.line = line;
        this.news = news;
        this.checks = checks;
        this.clock = clock;
        this.json = json;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Uni<Void> deliver(OutboxMessage message) {
        return begin(List.of(message)).flatMap(rest -> rest.get(0));
    }

    @Override
    public Uni<List<Uni<Void>>> begin(List<OutboxMessage> messages) {
        List<HandOver> handOvers = messages.stream()
                .map(message -> json.read(message.payload(), HandOver.class))
                .toList();
        return db.forTenantSql(messages.get(0).tenantId(), tx -> prepare(tx, handOvers))
                .map(transmissions -> handOvers.stream()
                        .map(handOver -> publish(transmissions.get(handOver.command())))
                        .toList());
    }

    private Uni<Void> publish(Transmission transmission) {
        return transmission == null
                ? Uni.createFrom().voidItem()
                : Uni.createFrom().deferred(() -> line.publish(transmission));
    }

    /** What is to be published, by command; nothing for those of which nothing is any more. */
    private Uni<Map<UUID, Transmission>> prepare(SqlConnection tx, List<HandOver> handOvers) {
        Map<UUID, Integer> hands = handOvers.stream().collect(Collectors.toMap(HandOver::command, HandOver::hand));
        // The commands before what their checks lock, as everywhere: two orders of locking are a deadlock sooner or
        // later.
        return commands.locked(tx, hands.keySet())
                .flatMap(found -> objections(tx, found).flatMap(why -> Route.to(
                                tx, found.stream().map(DeviceCommand::deviceId).toList())
                        .flatMap(routes -> send(tx, found, hands, routes, why))));
    }

    private Uni<Map<UUID, String>> objections(SqlConnection tx, List<DeviceCommand> found) {
        Map<UUID, String> why = new HashMap<>();
        Uni<Void> all = Uni.createFrom().voidItem();
        for (DeliveryCheck check : checks) {
            List<DeviceCommand> concerned =
                    found.stream().filter(check::concerns).toList();
            if (!concerned.isEmpty()) {
                all = all.chain(() -> check.objections(tx, concerned))
                        .invoke(objections -> objections.forEach(why::putIfAbsent))
                        .replaceWithVoid();
            }
        }
        return all.replaceWith(why);
    }

    private Uni<Map<UUID, Transmission>> send(
            SqlConnection tx,
            List<DeviceCommand> found,
            Map<UUID, Integer> hands,
            Map<UUID, Route> routes,
            Map<UUID, String> why) {
        Instant now = clock.now();
        Map<UUID, Transmission> transmissions = new HashMap<>();
        List<DeviceCommand> decided = new ArrayList<>();
        for (DeviceCommand command : found) {
            Route route = routes.get(command.deviceId());
            String objection = why.get(command.id());
            int hand = hands.get(command.id());
            boolean again = command.mayRepeat(hand) && objection == null;
            if (!again && (command.state() != CommandState.QUEUED || !command.inRelay || command.hand != hand)) {
                continue;
            }
            if (again || decide(command, route, objection, now)) {
                transmissions.put(command.id(), Transmission.of(command, route, now));
            }
            if (!again) {
                decided.add(command);
            }
        }
        return commands.save(tx, decided).chain(() -> news.tell(tx, decided)).replaceWith(transmissions);
    }

    /** Moves a command that is handed over; whether it is to be sent now. */
    private static boolean decide(DeviceCommand command, Route route, String objection, Instant now) {
        if (!now.isBefore(command.expiresAt)) {
            command.overdue(now);
        } else if (!route.inService()) {
            stop(command, now, "the device is out of service");
        } else if (objection != null) {
            stop(command, now, objection);
        } else if (!route.online()) {
            command.returnToQueue();
        } else {
            command.send(now);
            return true;
        }
        return false;
    }

    /** Not to be sent any more; one that may have been executed keeps waiting for its answer, and then for evidence. */
    private static void stop(DeviceCommand command, Instant now, String why) {
        if (command.hasUsedUp()) {
            command.returnToQueue();
        } else {
            command.supersede(now, why);
        }
    }

    /**
     * The outbox payload.
     *
     * @param command which command
     * @param hand which hand-over of it; an older one than the row's is void
     */
    @RegisterForReflection
    record HandOver(UUID command, int hand) {}
}
