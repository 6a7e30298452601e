package cloud.wuye.ledger;

/**
 * The fact behind an entry, unique within a company. Names are for ever: they are what makes a repetition one.
 *
 * @param type what sort of thing, such as {@code recharge-order}
 * @param id which one
 * @param kind what happened to it, such as {@code paid}
 */
public record Source(String type, String id, String kind) {
    public Source {
        if (type.isBlank() || id.isBlank() || kind.isBlank()) {
            throw new IllegalArgumentException("a source has a type, an id and a kind");
        }
    }

    @Override
    public String toString() {
        return type + "/" + id + "/" + kind;
    }
}
