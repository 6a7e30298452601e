package cloud.wuye.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Publishes with QoS 1 over many connections from one thread, at little cost: MQTT 3.1.1 by hand, because a client library's
 * own work would be measured with the service's. Each connection has so many messages under way that are not acknowledged.
 */
final class MqttLoad implements AutoCloseable {
    private static final int PUBACK = 4;
    private static final int ROOM = 1 << 16;

    private final Selector selector = Selector.open();
    private final List<Line> lines = new ArrayList<>();
    private final int window;
    private long sent;
    private volatile long acknowledged;

    MqttLoad(InetSocketAddress broker, int connections, int window) throws IOException {
        this.window = window;
        for (int i = 0; i < connections; i++) {
            lines.add(new Line(broker, "load-" + ProcessHandle.current().pid() + "-" + System.nanoTime() + "-" + i));
        }
    }

    /**
     * Publishes so many messages and returns when the broker has acknowledged each.
     *
     * @param rate messages a second, or 0 for as fast as the broker acknowledges
     */
    void publish(Messages messages, long count, double rate) throws IOException {
        sent = 0;
        acknowledged = 0;
        long begun = System.nanoTime();
        while (acknowledged < count) {
            long due = rate == 0 ? count : Math.min(count, (long) ((System.nanoTime() - begun) / 1e9 * rate));
            for (int i = 0; i < lines.size() && sent < due; i++) {
                lines.get((int) (sent % lines.size())).fill(messages, rate == 0 ? due : sent + 1);
            }
            selector.select(1);
            for (SelectionKey key : selector.selectedKeys()) {
                ((Line) key.attachment()).ready();
            }
            selector.selectedKeys().clear();
        }
    }

    /** How many of those being published the broker has acknowledged. */
    long acknowledged() {
        return acknowledged;
    }

    @Override
    public void close() throws IOException {
        for (Line line : lines) {
            line.channel.close();
        }
        selector.close();
    }

    private final class Line {
        private final SocketChannel channel;
        private final SelectionKey key;
        private final ByteBuffer out = ByteBuffer.allocate(ROOM);
        private final ByteBuffer in = ByteBuffer.allocate(ROOM);
        private int underWay;
        private int packet;

        Line(InetSocketAddress broker, String client) throws IOException {
            channel = SocketChannel.open(broker);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            byte[] id = client.getBytes(StandardCharsets.US_ASCII);
            out.put((byte) 0x10).put((byte) (12 + id.length));
            out.putShort((short) 4).put("MQTT".getBytes(StandardCharsets.US_ASCII));
            out.put((byte) 4).put((byte) 2).putShort((short) 0).putShort((short) id.length);
            out.put(id).flip();
            channel.write(out);
            out.clear();
            ByteBuffer answer = ByteBuffer.allocate(4);
            while (answer.hasRemaining() && channel.read(answer) >= 0) {}
            if (answer.hasRemaining() || answer.get(3) != 0) {
                throw new IOException("the broker refuses the connection");
            }
            channel.configureBlocking(false);
            key = channel.register(selector, SelectionKey.OP_READ, this);
        }

        void fill(Messages messages, long due) throws IOException {
            while (sent < due && underWay < window && out.remaining() > 2048) {
                Messages.Message message = messages.at(sent++);
                underWay++;
                packet = packet == 65_535 ? 1 : packet + 1;
                out.put((byte) 0x32);
                length(4 + message.topic().length + message.payload().length);
                out.putShort((short) message.topic().length).put(message.topic());
                out.putShort((short) packet).put(message.payload());
            }
            flush();
        }

        private void length(int bytes) {
            int rest = bytes;
            do {
                int digit = rest % 128;
                rest /= 128;
                out.put((byte) (rest > 0 ? digit | 128 : digit));
            } while (rest > 0);
        }

        void ready() throws IOException {
            if (channel.read(in) < 0) {
                throw new IOException("the broker has closed a connection");
            }
            in.flip();
            // Nothing else comes to one who only publishes, and its length takes one byte.
            while (in.remaining() >= 4) {
                if ((in.get() >> 4 & 15) != PUBACK) {
                    throw new IOException("no acknowledgement");
                }
                in.position(in.position() + 3);
                underWay--;
                acknowledged = acknowledged + 1;
            }
            in.compact();
            flush();
        }

        private void flush() throws IOException {
            out.flip();
            channel.write(out);
            key.interestOps(out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
            out.compact();
        }
    }
}
