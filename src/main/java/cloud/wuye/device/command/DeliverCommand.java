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
import java.util.List;
import java.util.UUID;

/**
 * Carries a command out: looks again whether it shall be sent at all, marks it as sent, commits, and only then publishes.
 * The other way round a crash could hide that a door was opened.
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
        HandOver handOver = json.read(message.payload(), HandOver.class);
        return db.forTenantSql(message.tenantId(), tx -> prepare(tx, handOver))
                .flatMap(transmission ->
                        transmission == null ? Uni.createFrom().voidItem() : line.publish(transmission));
    }

    /** What is to be published, or null when nothing is any more. */
    private Uni<Transmission> prepare(SqlConnection tx, HandOver handOver) {
        // The command before what its checks lock, as everywhere: two orders of locking are a deadlock sooner or later.
        return commands.locked(tx, List.of(handOver.command()))
                .flatMap(found -> found.isEmpty()
                        ? Uni.createFrom().nullItem()
                        : objection(tx, found.get(0))
                                .flatMap(why -> Route.to(tx, found.get(0).deviceId())
                                        .flatMap(route -> decide(tx, found.get(0), handOver.hand(), route, why))));
    }

    private Uni<String> objection(SqlConnection tx, DeviceCommand command) {
        Uni<String> none = Uni.createFrom().nullItem();
        return checks.stream()
                .filter(check -> check.concerns(command))
                .map(check -> check.objection(tx, command))
                .reduce(
                        none,
                        (one, other) -> one.flatMap(
                                why -> why == null ? other : Uni.createFrom().item(why)));
    }

    private Uni<Transmission> decide(SqlConnection tx, DeviceCommand command, int hand, Route route, String objection) {
        Instant now = clock.now();
        if (command.mayRepeat(hand) && objection == null) {
            return Uni.createFrom().item(Transmission.of(command, route, now));
        }
        if (command.state() != CommandState.QUEUED || !command.inRelay || command.hand != hand) {
            return Uni.createFrom().nullItem();
        }
        boolean send = false;
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
            send = true;
        }
        Transmission transmission = send ? Transmission.of(command, route, now) : null;
        return commands.save(tx, List.of(command))
                .chain(() -> news.tell(tx, List.of(command)))
                .replaceWith(transmission);
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
