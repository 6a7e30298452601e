package cloud.wuye.device.inbox;

import io.smallrye.reactive.messaging.mqtt.session.MqttClientSessionOptions;
import io.smallrye.reactive.messaging.mqtt.session.ReconnectDelayOptions;
import io.smallrye.reactive.messaging.mqtt.session.ReconnectDelayProvider;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * A session that does not call the broker before somebody listens. The connector connects while the application is still
 * being put together. A broker that has kept messages for the session sends them at once, and the connector drops what nobody
 * takes yet: unacknowledged, so that the broker keeps it, but does not send it again as long as the connection lasts.
 *
 * <p>Until then the calls go to a port that refuses them, which the connector takes for a broker that is away.
 */
final class PatientSession extends MqttClientSessionOptions {
    static final int NOBODY = 0;
    static final String HERE = "127.0.0.1";
    private static final Duration SOON = Duration.ofMillis(10);

    private final BooleanSupplier listening;
    /** Decided once for each call, so that the port and the host belong together. */
    private volatile boolean calling;

    PatientSession(MqttClientSessionOptions usual, BooleanSupplier listening) {
        super(usual);
        this.listening = listening;
        setUnsubscribeOnDisconnect(usual.isUnsubscribeOnDisconnect());
        setReconnectDelay(new UntilListening(usual.getReconnectDelay(), listening));
    }

    /** Asked before the host. */
    @Override
    public int getPort() {
        calling = listening.getAsBoolean();
        return calling ? super.getPort() : NOBODY;
    }

    @Override
    public String getHostname() {
        return calling ? super.getHostname() : HERE;
    }

    private record UntilListening(ReconnectDelayOptions usual, BooleanSupplier listening)
            implements ReconnectDelayOptions {
        @Override
        public ReconnectDelayProvider createProvider() {
            ReconnectDelayProvider delays = usual.createProvider();
            return new ReconnectDelayProvider() {
                @Override
                public Duration nextDelay() {
                    return listening.getAsBoolean() ? delays.nextDelay() : SOON;
                }

                @Override
                public void reset() {
                    delays.reset();
                }
            };
        }

        @Override
        public ReconnectDelayOptions copy() {
            return new UntilListening(usual.copy(), listening);
        }
    }
}
