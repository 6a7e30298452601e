package cloud.wuye.device.command;

import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Use case: a person takes back a command that is not yet on the wire. */
@ApplicationScoped
class CancelCommand {
    private final Db db;
    private final DeviceCommands commands;
    private final CommandNews news;
    private final Audit audit;
    private final CurrentCaller currentCaller;
    private final Clock clock;

    CancelCommand(
            Db db, DeviceCommands commands, CommandNews news, Audit audit, CurrentCaller currentCaller, Clock clock) {
        this.db = db;
        this.commands = commands;
        this.news = news;
        this.audit = audit;
        this.currentCaller = currentCaller;
        this.clock = clock;
    }

    Uni<CommandView> cancel(UUID id, String reason) {
        Caller caller = currentCaller.get();
        return db.writeSql(tx -> commands.locked(tx, List.of(id)).flatMap(found -> {
            if (found.isEmpty()) {
                throw new Problem(ProblemCode.NOT_FOUND, "id", id);
            }
            DeviceCommand command = found.get(0);
            CommandState before = command.state();
            command.cancel(clock.now(), reason);
            return commands.save(tx, found)
                    .chain(() -> news.tell(tx, found))
                    .chain(() -> audit.record(
                            tx,
                            caller,
                            "command.cancel",
                            "DeviceCommand",
                            id,
                            Map.of("state", before),
                            Map.of("state", command.state()),
                            reason))
                    .replaceWith(() -> CommandView.of(command));
        }));
    }
}
