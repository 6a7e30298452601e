package cloud.wuye.platform.graphql;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The media types an answer can have. They differ in what the status code may say. */
enum MediaType {
    /** Of the GraphQL-over-HTTP specification; what a client gets that does not mind. */
    GRAPHQL_RESPONSE("application/graphql-response+json"),
    /** For older clients, which take any status but 200 for a failure of the network. */
    JSON("application/json");

    private final String name;

    MediaType(String name) {
        this.name = name;
    }

    /** The Content-Type of the answer. */
    String contentType() {
        return name + "; charset=utf-8";
    }

    /** The best of ours that an Accept header allows, or null if it allows none. */
    static MediaType accepted(String accept) {
        if (accept == null || accept.isBlank()) {
            return GRAPHQL_RESPONSE;
        }
        List<Range> ranges = ranges(accept);
        for (Range range : ranges) {
            for (MediaType type : values()) {
                if (range.weight > 0 && range.covers(type) && ranges.stream().noneMatch(r -> r.forbids(type))) {
                    return type;
                }
            }
        }
        return null;
    }

    /** Heaviest first; among equals the more exact, then the one named first. */
    private static List<Range> ranges(String accept) {
        var ranges = new ArrayList<Range>();
        for (String part : accept.split(",")) {
            ranges.add(Range.of(part));
        }
        ranges.sort(Comparator.comparingDouble((Range range) -> -range.weight)
                .thenComparingInt(range -> -range.exactness()));
        return ranges;
    }

    private record Range(String type, double weight) {
        static Range of(String text) {
            String[] parts = text.split(";");
            double weight = 1;
            for (int i = 1; i < parts.length; i++) {
                String parameter = parts[i].trim().toLowerCase(Locale.ROOT);
                if (parameter.startsWith("q=")) {
                    weight = weight(parameter.substring(2));
                }
            }
            return new Range(parts[0].trim().toLowerCase(Locale.ROOT), weight);
        }

        private static double weight(String text) {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException e) {
                return 0;
            }
        }

        boolean covers(MediaType media) {
            return type.equals("*/*") || type.equals("application/*") || type.equals(media.name);
        }

        boolean forbids(MediaType media) {
            return weight <= 0 && type.equals(media.name);
        }

        int exactness() {
            return type.equals("*/*") ? 0 : type.endsWith("/*") ? 1 : 2;
        }
    }
}
