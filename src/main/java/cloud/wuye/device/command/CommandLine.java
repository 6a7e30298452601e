package cloud.wuye.device.command;

import cloud.wuye.platform.json.Json;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.mqtt.SendingMqttMessageMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/** The line to the devices. QoS 1 and never retained: a retained command would be done again at each reconnect. */
@ApplicationScoped
class CommandLine {
    private static final long ON_THE_WAY = 10_000;

    private final MutinyEmitter<byte[]> line;
    private final Json json;

    CommandLine(
            @Channel("commands") @OnOverflow(value = OnOverflow.Strategy.BUFFER, bufferSize = ON_THE_WAY)
                    MutinyEmitter<byte[]> line,
            Json json) {
        this.line = line;
        this.json = json;
    }

    /** Done when the broker has it, which says nothing about the device. */
    Uni<Void> publish(Transmission transmission) {
        byte[] body = json.write(transmission.body()).getBytes(StandardCharsets.UTF_8);
        return line.sendMessage(Message.of(body)
                .addMetadata(new SendingMqttMessageMetadata(transmission.topic(), MqttQoS.AT_LEAST_ONCE, false)));
    }
}
