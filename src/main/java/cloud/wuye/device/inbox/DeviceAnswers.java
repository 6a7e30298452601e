package cloud.wuye.device.inbox;

import cloud.wuye.platform.time.Clock;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.mqtt.SendingMqttMessageMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/** Tells devices what became of their messages, after the commit. Lost answers are harmless: the device asks again. */
@ApplicationScoped
class DeviceAnswers {
    private static final Logger LOG = Logger.getLogger(DeviceAnswers.class);

    private final MutinyEmitter<byte[]> line;
    private final Clock clock;

    DeviceAnswers(@Channel("answers") @OnOverflow(OnOverflow.Strategy.DROP) MutinyEmitter<byte[]> line, Clock clock) {
        this.line = line;
        this.clock = clock;
    }

    void send(Answer answer) {
        if (answer.json().has("t1")) {
            answer.json().put("t2", clock.now().toEpochMilli());
        }
        byte[] json = answer.json().toString().getBytes(StandardCharsets.UTF_8);
        line.sendMessage(Message.of(json)
                        .addMetadata(new SendingMqttMessageMetadata(answer.topic(), MqttQoS.AT_LEAST_ONCE, false)))
                .subscribe()
                .with(ignored -> {}, failure -> LOG.debugf(failure, "no answer on %s", answer.topic()));
    }
}
