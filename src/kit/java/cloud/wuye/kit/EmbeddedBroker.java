package cloud.wuye.kit;

import com.hivemq.configuration.service.InternalConfigurations;
import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;

/**
 * A real MQTT 3.1.1 and 5 broker (HiveMQ Community Edition) on 127.0.0.1. Sessions, queued and retained messages are kept
 * between runs. Who may log in and use which topics is decided by {@link BrokerDoor}.
 */
final class EmbeddedBroker {
    static final String SETTING = "mqtt-port";

    private static final String CONFIGURATION =
            """
            <hivemq>
              <listeners>
                <tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address></tcp-listener>
              </listeners>
              <mqtt>
                <packets><max-packet-size>1048576</max-packet-size></packets>
                <queued-messages><max-queue-size>100000</max-queue-size></queued-messages>
                <receive-maximum><server-receive-maximum>1000</server-receive-maximum></receive-maximum>
              </mqtt>
              <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
            </hivemq>
            """;

    private final Path directory;
    private final int wantedPort;
    private final BrokerDoor door;
    private int port;
    private EmbeddedHiveMQ server;

    /** Takes any free port for 0, and keeps it when started again. */
    EmbeddedBroker(Path directory, int wantedPort, BrokerDoor door) {
        this.directory = directory;
        this.wantedPort = wantedPort;
        this.door = door;
    }

    synchronized void start() {
        if (server != null) {
            return;
        }
        port = Ports.claim(port == 0 ? wantedPort : port, "the MQTT broker", SETTING);
        Path configuration = Folders.makePrivate(directory.resolve("conf"));
        Folders.writeWhole(configuration.resolve("config.xml"), CONFIGURATION.formatted(port));
        // The service acknowledges a message after it has stored it, hundreds at a time; with the broker's 50 it would
        // never be given a whole batch.
        InternalConfigurations.MAX_INFLIGHT_WINDOW_SIZE_MESSAGES = BrokerDoor.SERVICE_WINDOW;
        EmbeddedHiveMQ broker = EmbeddedHiveMQ.builder()
                .withConfigurationFolder(configuration)
                .withDataFolder(Folders.makePrivate(directory.resolve("data")))
                .withExtensionsFolder(Folders.makePrivate(directory.resolve("extensions")))
                .withEmbeddedExtension(EmbeddedExtension.builder()
                        .withId("wuye-door")
                        .withName("Wuye Cloud device door")
                        .withVersion("1")
                        .withExtensionMain(door)
                        .build())
                .withoutLoggingBootstrap()
                .build();
        try {
            broker.start().join();
        } catch (CompletionException e) {
            throw new KitException("The MQTT broker did not start: " + e.getCause(), e);
        }
        awaitListener();
        server = broker;
    }

    /** Cuts all connections; sessions and queued messages wait for the next start. */
    synchronized void stop() {
        if (server != null) {
            server.stop().join();
            server = null;
        }
    }

    int port() {
        return port;
    }

    private void awaitListener() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
        } catch (IOException e) {
            throw new KitException("The MQTT broker does not listen on port " + port + "; see kit.log.", e);
        }
    }
}
