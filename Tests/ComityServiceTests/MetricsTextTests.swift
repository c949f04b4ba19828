import ComityService
import Testing

@Suite("Metrics as text") struct MetricsTextTests {
    @Test("a histogram counts every value at or under its bound, and what is above the last as well")
    func histogram() {
        var values = Histogram(bounds: [0.1, 1])
        for seconds in [0.05, 0.1, 0.5, 7] { values.add(seconds: seconds) }
        var text = MetricsText()
        text.begin("waits", .histogram, "How long.")
        text.histogram("waits", values, [("link", "or")])
        #expect(
            text.text == """
                # HELP waits How long.
                # TYPE waits histogram
                waits_bucket{link="or",le="0.1"} 2
                waits_bucket{link="or",le="1"} 3
                waits_bucket{link="or",le="+Inf"} 4
                waits_sum{link="or"} 7.65
                waits_count{link="or"} 4

                """)
        var sum = values
        sum.add(values)
        #expect(sum.counts == [4, 2, 2])
    }

    @Test("nothing in a label can end it early")
    func escaped() {
        var text = MetricsText()
        text.value("x", 2, [("link", "a\"} 1\nx{y=\"\\")])
        #expect(text.text == "x{link=\"a\\\"} 1\\nx{y=\\\"\\\\\"} 2\n")
    }
}
