package cloud.wuye.kit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports on the loopback interface. */
final class Ports {
    // Below the range from which Linux takes ports for outgoing connections, so that none of those gets in between.
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;

    private Ports() {}

    /**
     * The port itself if it is free, any free one if it is 0.
     *
     * @param server what wants the port, as people call it
     * @param setting the name of the option that changes it, without dashes
     * @throws KitException when the port is taken; the message names the port, the server and the setting
     */
    static int claim(int port, String server, String setting) {
        if (port == 0) {
            return free();
        }
        if (!isFree(port)) {
            throw taken(port, server, setting);
        }
        return port;
    }

    static KitException taken(int port, String server, String setting) {
        return new KitException("Port " + port + " on 127.0.0.1 is taken by another program; " + server
                + " wanted it. Stop that program, or choose another port: -Dwuye.kit." + setting
                + "=<port> in dev mode, --" + setting + " <port> for the kit itself (0 = any free one).");
    }

    static int free() {
        for (int attempt = 0; attempt < 200; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (isFree(port)) {
                return port;
            }
        }
        throw new KitException("No free port found between " + LOWEST + " and " + HIGHEST + ".");
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
