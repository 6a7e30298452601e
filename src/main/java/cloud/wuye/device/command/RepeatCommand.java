package cloud.wuye.device.command;

import cloud.wuye.platform.outbox.OutboxHandler;
import cloud.wuye.platform.outbox.OutboxMessage;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Carries out what follows on silence, in a lane of its own: the repetitions of commands that nobody has answered, and the questions
 * how those came out. A hundred thousand silent meters must not keep the one waiting that has just been paid for. To one
 * device all still leave in order.
 */
@ApplicationScoped
class RepeatCommand implements OutboxHandler {
    static final String KIND = "mqtt.command.again";

    /** The lanes of a device in which it is asked how a command came out: a question's is this and the command's id. */
    static final String QUESTIONS = "back:";

    /** The kind of message for a command, by the columns of its row. */
    static final String KIND_OF_COMMAND = "CASE WHEN attempt > 0 OR starts_with(lane, '" + QUESTIONS + "') THEN '"
            + KIND + "' ELSE '" + DeliverCommand.KIND + "' END";

    private final DeliverCommand deliver;

    RepeatCommand(DeliverCommand deliver) {
        this.deliver = deliver;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Uni<Void> deliver(OutboxMessage message) {
        return deliver.deliver(message);
    }

    @Override
    public Uni<List<Uni<Void>>> begin(List<OutboxMessage> messages) {
        return deliver.begin(messages);
    }
}
