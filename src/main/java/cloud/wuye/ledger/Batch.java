package cloud.wuye.ledger;

import cloud.wuye.platform.Ids;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** Entries as columns for one statement; each source once, whatever the caller gave twice. */
final class Batch {
    private final List<Entry> entries = new ArrayList<>();
    private final List<UUID> ids = new ArrayList<>();
    private final List<UUID> digests = new ArrayList<>();
    private final int[] positions;

    /**
     * @throws Problem LEDGER_CONFLICT if two entries have one source and different content
     */
    Batch(List<Entry> given) {
        positions = new int[given.size()];
        Map<Object, Integer> known = new LinkedHashMap<>(given.size() * 2);
        for (int i = 0; i < positions.length; i++) {
            Entry entry = given.get(i);
            UUID digest = entry.digest();
            Integer before = known.putIfAbsent(List.of(entry.tenantId(), entry.source()), entries.size());
            if (before == null) {
                positions[i] = entries.size();
                entries.add(entry);
                digests.add(digest);
                ids.add(Ids.next());
            } else if (digests.get(before).equals(digest)) {
                positions[i] = before;
            } else {
                throw conflict(entry);
            }
        }
    }

    static Problem conflict(Entry entry) {
        return new Problem(ProblemCode.LEDGER_CONFLICT, null, entry.source());
    }

    List<Entry> entries() {
        return entries;
    }

    /** The parameters of {@code post.sql}. */
    Object[] columns(Instant postedAt) {
        List<Owned> lines = lines();
        return new Object[] {
            column(entries, UUID[]::new, Entry::tenantId),
            ids.toArray(UUID[]::new),
            column(entries, String[]::new, entry -> entry.source().type()),
            column(entries, String[]::new, entry -> entry.source().id()),
            column(entries, String[]::new, entry -> entry.source().kind()),
            column(entries, OffsetDateTime[]::new, entry -> entry.occurredAt().atOffset(ZoneOffset.UTC)),
            column(entries, String[]::new, Entry::memo),
            column(entries, UUID[]::new, Entry::reverses),
            digests.toArray(UUID[]::new),
            column(entries, Integer[]::new, entry -> entry.lines().size()),
            column(lines, UUID[]::new, Owned::tenantId),
            column(lines, UUID[]::new, Owned::entryId),
            column(lines, Integer[]::new, Owned::no),
            column(lines, String[]::new, line -> line.account().kind().name()),
            column(lines, UUID[]::new, line -> line.account().subject()),
            column(lines, BigDecimal[]::new, Owned::amount),
            postedAt
        };
    }

    /** The parameters of {@code posted-meanwhile.sql} for some of the entries. */
    Object[] sources(List<Integer> some) {
        return new Object[] {
            column(some, UUID[]::new, i -> entries.get(i).tenantId()),
            column(some, String[]::new, i -> entries.get(i).source().type()),
            column(some, String[]::new, i -> entries.get(i).source().id()),
            column(some, String[]::new, i -> entries.get(i).source().kind()),
            column(some, UUID[]::new, digests::get)
        };
    }

    /**
     * What became of each entry as it was given; of those given twice, the first is the new one.
     *
     * @param outcomes of each source: an id and NEW, SAME or OTHER
     * @throws Problem LEDGER_CONFLICT if one is OTHER
     */
    List<Posting> postings(List<String> outcomes) {
        List<Posting> postings = new ArrayList<>(positions.length);
        boolean[] told = new boolean[entries.size()];
        for (int position : positions) {
            String[] words = outcomes.get(position).split(" ");
            if (words[1].equals("OTHER")) {
                throw conflict(entries.get(position));
            }
            postings.add(new Posting(UUID.fromString(words[0]), words[1].equals("NEW") && !told[position]));
            told[position] = true;
        }
        return postings;
    }

    private List<Owned> lines() {
        List<Owned> lines = new ArrayList<>(entries.size() * 3);
        for (int i = 0; i < entries.size(); i++) {
            int no = 0;
            for (Line line : entries.get(i).lines()) {
                lines.add(new Owned(entries.get(i).tenantId(), ids.get(i), ++no, line.account(), line.amount()));
            }
        }
        return lines;
    }

    private static <T, V> V[] column(
            List<T> rows, java.util.function.IntFunction<V[]> array, Function<? super T, V> value) {
        return rows.stream().map(value).toArray(array);
    }

    private record Owned(UUID tenantId, UUID entryId, int no, Account account, BigDecimal amount) {}
}
