package cloud.wuye.operation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** As much of a protobuf message as can be read without its schema: its length-delimited fields by number. */
final class Protobuf {
    private record Field(int number, byte[] value) {}

    private final List<Field> fields;

    private Protobuf(List<Field> fields) {
        this.fields = fields;
    }

    static Protobuf of(byte[] message) {
        List<Field> fields = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(message);
        while (in.hasRemaining()) {
            long tag = varint(in);
            switch ((int) (tag & 7)) {
                case 0 -> varint(in);
                case 1 -> in.position(in.position() + 8);
                case 2 -> {
                    byte[] value = new byte[(int) varint(in)];
                    in.get(value);
                    fields.add(new Field((int) (tag >>> 3), value));
                }
                case 5 -> in.position(in.position() + 4);
                default -> throw new IllegalArgumentException("no protobuf: wire type " + (tag & 7));
            }
        }
        return new Protobuf(fields);
    }

    Stream<Protobuf> messages(int number) {
        return values(number).map(Protobuf::of);
    }

    List<String> texts(int number) {
        return values(number)
                .map(value -> new String(value, StandardCharsets.UTF_8))
                .toList();
    }

    String hex(int number) {
        return values(number).map(HexFormat.of()::formatHex).findFirst().orElse("");
    }

    private Stream<byte[]> values(int number) {
        return fields.stream().filter(field -> field.number == number).map(Field::value);
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        int shift = 0;
        byte next;
        do {
            next = in.get();
            value |= (long) (next & 0x7f) << shift;
            shift += 7;
        } while (next < 0);
        return value;
    }
}
