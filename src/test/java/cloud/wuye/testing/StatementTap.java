package cloud.wuye.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands between the service and PostgreSQL and notes every statement that is executed, read off the wire: what a request
 * really costs, whatever the layers above think.
 */
public final class StatementTap {
    private static final int NO_TYPE = 8; // length and version of the start-up message, which has no type byte
    private static final List<String> STATEMENTS = new CopyOnWriteArrayList<>();

    private final String host;
    private final int port;
    private final ServerSocket door;

    StatementTap(String host, int port) throws IOException {
        this.host = host;
        this.port = port;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        thread(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    void close() throws IOException {
        door.close();
    }

    /** Forgets what was noted. */
    public static void clear() {
        STATEMENTS.clear();
    }

    /** What was executed since {@link #clear()}, without transaction control and the setting of the tenant. */
    public static List<String> work() {
        return STATEMENTS.stream().filter(StatementTap::isWork).toList();
    }

    private static boolean isWork(String sql) {
        String lower = sql.toLowerCase(Locale.ROOT);
        return !lower.startsWith("begin")
                && !lower.startsWith("commit")
                && !lower.startsWith("rollback")
                && !lower.startsWith("select set_config(");
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket service = door.accept();
                Socket server = new Socket(host, port);
                service.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                thread(() -> copy(server, service, false));
                thread(() -> copy(service, server, true));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private static void copy(Socket from, Socket to, boolean listen) {
        try (from;
                to) {
            if (listen) {
                listen(new DataInputStream(from.getInputStream()), to.getOutputStream());
            } else {
                from.getInputStream().transferTo(to.getOutputStream());
            }
        } catch (IOException e) {
            // One side hung up, which ends both.
        }
    }

    private static void listen(DataInputStream in, OutputStream out) throws IOException {
        byte[] start = in.readNBytes(NO_TYPE);
        out.write(start);
        out.write(in.readNBytes(ByteBuffer.wrap(start).getInt() - NO_TYPE));
        Map<String, String> prepared = new HashMap<>();
        while (true) {
            int type = in.readUnsignedByte();
            int length = in.readInt();
            byte[] body = in.readNBytes(length - Integer.BYTES);
            note((char) type, body, prepared);
            out.write(ByteBuffer.allocate(length + 1)
                    .put((byte) type)
                    .putInt(length)
                    .put(body)
                    .array());
            out.flush();
        }
    }

    private static void note(char type, byte[] body, Map<String, String> prepared) {
        if (type == 'P') {
            String name = text(body, 0);
            prepared.put(name, text(body, name.length() + 1));
        } else if (type == 'B') {
            STATEMENTS.add(prepared.getOrDefault(text(body, text(body, 0).length() + 1), "?"));
        } else if (type == 'Q') {
            STATEMENTS.add(text(body, 0));
        }
    }

    private static String text(byte[] body, int from) {
        int to = from;
        while (body[to] != 0) {
            to++;
        }
        return new String(body, from, to - from, StandardCharsets.UTF_8);
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "statement-tap");
        thread.setDaemon(true);
        thread.start();
    }

    /** {@link WuyeServers} with the tap between the service's fenced connections and PostgreSQL. */
    public static class Servers extends WuyeServers {
        private StatementTap tap;

        /** After those that every test has, so that its address is the one that counts. */
        @Override
        public int order() {
            return 1;
        }

        @Override
        public Map<String, String> start() {
            Map<String, String> settings = super.start();
            String url = settings.get("quarkus.datasource.reactive.url");
            String[] address =
                    url.substring(url.indexOf("//") + 2, url.lastIndexOf('/')).split(":");
            try {
                tap = new StatementTap(address[0], Integer.parseInt(address[1]));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            settings.put(
                    "quarkus.datasource.reactive.url", url.replace(":" + address[1] + "/", ":" + tap.port() + "/"));
            return settings;
        }

        @Override
        public void stop() {
            try {
                tap.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            super.stop();
        }
    }
}
