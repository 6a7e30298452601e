package cloud.wuye.device.timetable;

import cloud.wuye.device.command.CommandOp;
import cloud.wuye.device.command.CommandOrigin;
import cloud.wuye.device.command.CommandView;
import cloud.wuye.device.command.DevicesAtHand;
import cloud.wuye.device.command.Order;
import cloud.wuye.device.command.SendCommands;
import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Use case: a person wants fresh readings now. A meter that is being asked already is not asked twice. */
@ApplicationScoped
public class ReadMeters {
    /** The question, whoever asks it: one open per meter. */
    public static final CommandOp READ = CommandOp.READ_METER.inLane("read");

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Db db;
    private final SendCommands send;
    private final Audit audit;
    private final CurrentCaller currentCaller;

    ReadMeters(Db db, SendCommands send, Audit audit, CurrentCaller currentCaller) {
        this.db = db;
        this.send = send;
        this.audit = audit;
        this.currentCaller = currentCaller;
    }

    /** Asks these meters; gives the commands that were queued. The readings arrive as telemetry. */
    Uni<List<CommandView>> now(List<UUID> meters) {
        Caller caller = currentCaller.get();
        List<Order> orders = meters.stream()
                .distinct()
                .map(meter -> new Order(meter, READ, Map.of(), CommandOrigin.USER, caller, null, null, null, PATIENCE))
                .toList();
        return db.writeSql(tx -> DevicesAtHand.require(tx, meters, "deviceIds")
                        .chain(() -> send.queue(tx, caller.requireTenant(), orders))
                        .call(queued -> audit.record(
                                tx,
                                caller,
                                "meter.read",
                                "Device",
                                meters.get(0),
                                null,
                                Map.of("devices", meters),
                                null)))
                .invoke(send::hurry)
                .map(queued -> queued.stream().map(CommandView::of).toList());
    }
}
