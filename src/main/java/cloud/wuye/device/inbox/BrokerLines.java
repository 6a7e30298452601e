package cloud.wuye.device.inbox;

import io.smallrye.reactive.messaging.health.HealthReport.ChannelInfo;
import io.smallrye.reactive.messaging.providers.extension.HealthCenter;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which of our channels to the broker are connected at this moment. Whoever wants to know asks here. */
@ApplicationScoped
class BrokerLines {
    private final HealthCenter center;

    BrokerLines(HealthCenter center) {
        this.center = center;
    }

    /** Each channel by its name, and whether it is connected. */
    Map<String, Boolean> all() {
        Map<String, Boolean> lines = new TreeMap<>();
        List<ChannelInfo> channels = center.getReadiness().getChannels();
        channels.forEach(channel -> lines.merge(channel.getChannel(), channel.isOk(), Boolean::logicalAnd));
        return lines;
    }

    /** Whether every one is. */
    boolean areAllUp() {
        return !all().containsValue(false);
    }

    /** Whether this one is; one that is not there is not. */
    boolean isUp(String channel) {
        return all().getOrDefault(channel, false);
    }
}
