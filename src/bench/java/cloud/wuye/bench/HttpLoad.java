package cloud.wuye.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Asks one question after another over each of some kept connections, all from one thread and at little cost: HTTP/1.1 by
 * hand, because a client library's own work would be measured with the service's.
 */
final class HttpLoad implements AutoCloseable {
    private static final byte[] LENGTH = "content-length: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CLOSE = "connection: close".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LAST_CHUNK = "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] GOOD = "HTTP/1.1 200".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ERRORS = "\"errors\"".getBytes(StandardCharsets.US_ASCII);

    private final Selector selector = Selector.open();
    private final List<Line> lines = new ArrayList<>();
    private final SplittableRandom chance = new SplittableRandom(7);
    private List<byte[]> questions;
    private long[] nanos = new long[1 << 16];
    private int answered;
    private int failed;

    /** What came of a run; {@code failed} counts answers with another status than 200 or with errors in them. */
    record Played(int answered, int failed, double seconds, double p50, double p99) {}

    HttpLoad(URI server, int connections) throws IOException {
        for (int i = 0; i < connections; i++) {
            lines.add(new Line(new InetSocketAddress(server.getHost(), server.getPort())));
        }
    }

    /** A question as it is sent: a JSON body with a bearer token, or with none. */
    static byte[] question(URI server, String token, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = "POST " + server.getPath() + " HTTP/1.1\r\nHost: " + server.getAuthority()
                + "\r\nContent-Type: application/json\r\nAccept: application/json\r\n"
                + (token == null ? "" : "Authorization: Bearer " + token + "\r\n") + "Content-Length: "
                + bytes.length + "\r\n\r\n";
        byte[] whole = Arrays.copyOf(head.getBytes(StandardCharsets.US_ASCII), head.length() + bytes.length);
        System.arraycopy(bytes, 0, whole, head.length(), bytes.length);
        return whole;
    }

    /** Asks at random for so long, and returns when every question has its answer. */
    Played play(List<byte[]> asked, double seconds) throws IOException {
        questions = asked;
        answered = 0;
        failed = 0;
        long begun = System.nanoTime();
        long until = begun + (long) (seconds * 1e9);
        for (Line line : lines) {
            line.ask();
        }
        int open = lines.size();
        while (open > 0) {
            selector.select(100);
            for (SelectionKey key : selector.selectedKeys()) {
                Line line = (Line) key.attachment();
                if (line.hasAnswer()) {
                    if (System.nanoTime() < until) {
                        line.ask();
                    } else {
                        open--;
                    }
                }
            }
            selector.selectedKeys().clear();
        }
        double took = (System.nanoTime() - begun) / 1e9;
        Arrays.sort(nanos, 0, answered);
        return new Played(answered, failed, took, millis(0.5), millis(0.99));
    }

    private double millis(double share) {
        return answered == 0 ? Double.NaN : nanos[(int) Math.min(answered - 1, answered * share)] / 1e6;
    }

    @Override
    public void close() throws IOException {
        for (Line line : lines) {
            line.channel.close();
        }
        selector.close();
    }

    private final class Line {
        private final InetSocketAddress server;
        private SocketChannel channel;
        private ByteBuffer in = ByteBuffer.allocate(1 << 17);
        private long asked;

        Line(InetSocketAddress server) throws IOException {
            this.server = server;
            connect();
        }

        private void connect() throws IOException {
            channel = SocketChannel.open(server);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        void ask() throws IOException {
            in.clear();
            asked = System.nanoTime();
            ByteBuffer out = ByteBuffer.wrap(questions.get(chance.nextInt(questions.size())));
            // A question is far shorter than a socket's buffer.
            while (out.hasRemaining()) {
                channel.write(out);
            }
        }

        /** Reads on; whether the answer is whole now. */
        boolean hasAnswer() throws IOException {
            if (channel.read(in) < 0) {
                throw new IOException("the server has closed a connection");
            }
            if (!in.hasRemaining()) {
                in = ByteBuffer.allocate(in.capacity() * 2).put(in.flip());
            }
            byte[] bytes = in.array();
            int end = in.position();
            int head = indexOf(bytes, 0, Math.min(end, 4096), HEAD_END);
            if (head < 0 || !isWhole(bytes, head, end)) {
                return false;
            }
            if (answered == nanos.length) {
                nanos = Arrays.copyOf(nanos, answered * 2);
            }
            nanos[answered++] = System.nanoTime() - asked;
            // Some servers hang up after every hundredth answer.
            if (indexOf(bytes, 0, head, CLOSE) >= 0) {
                channel.close();
                connect();
            }
            if (indexOf(bytes, 0, GOOD.length, GOOD) != 0 || indexOf(bytes, head, end, ERRORS) >= 0) {
                failed++;
            }
            return true;
        }

        private boolean isWhole(byte[] bytes, int head, int end) {
            int length = indexOf(bytes, 0, head, LENGTH);
            if (length < 0) {
                return indexOf(bytes, end - LAST_CHUNK.length, end, LAST_CHUNK) >= 0;
            }
            int said = 0;
            for (int i = length + LENGTH.length; bytes[i] >= '0' && bytes[i] <= '9'; i++) {
                said = said * 10 + bytes[i] - '0';
            }
            return end == head + HEAD_END.length + said;
        }
    }

    /** Where the text stands from one place to another, whatever its letters' case; -1 if nowhere. */
    private static int indexOf(byte[] bytes, int from, int to, byte[] text) {
        for (int i = from; i <= to - text.length; i++) {
            int j = 0;
            while (j < text.length && lower(bytes[i + j]) == lower(text[j])) {
                j++;
            }
            if (j == text.length) {
                return i;
            }
        }
        return -1;
    }

    private static int lower(byte letter) {
        return letter >= 'A' && letter <= 'Z' ? letter + 32 : letter;
    }
}
