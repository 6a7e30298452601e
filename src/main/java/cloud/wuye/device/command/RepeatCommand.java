package cloud.wuye.device.command;

import cloud.wuye.platform.outbox.OutboxHandler;
import cloud.wuye.platform.outbox.OutboxMessage;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Carries out again the commands that nobody has answered, in a lane of their own: a hundred thousand silent meters that are asked
 * once more must not keep the one waiting that has just been paid for. To one device all still leave in order.
 */
@ApplicationScoped
class RepeatCommand implements OutboxHandler {
    static final String KIND = "mqtt.command.again";

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
