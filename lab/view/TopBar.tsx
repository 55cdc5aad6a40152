import { useEffect, useRef } from "preact/hooks";
import { presets, topics } from "../experiment/presets.js";
import { type Lab, speeds } from "../state/lab.js";
import { strings } from "../strings.js";

/** The name of the page and its topics. */
export function TopBar({ lab }: { readonly lab: Lab }) {
  const bar = useRef<HTMLElement>(null);
  const current = lab.topic.value;
  // On a phone the topics are wider than the screen.
  useEffect(() => {
    bar.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [current]);
  return (
    <header class="bar">
      <h1>{strings.title}</h1>
      <nav ref={bar} aria-label={strings.topicsLabel}>
        {topics.map((topic) => (
          <button
            key={topic}
            type="button"
            class="topic"
            aria-current={current === topic ? "page" : undefined}
            onClick={() => {
              const first = presets.find((preset) => preset.topic === topic);
              if (first) lab.choose(first.id);
            }}
          >
            {strings.topics[topic]}
          </button>
        ))}
      </nav>
    </header>
  );
}

interface TransportProps {
  readonly lab: Lab;
  readonly onShare: () => void;
  readonly onOpen: () => void;
}

/** Play, step, reset, new seed, speed; share and open. */
export function Transport({ lab, onShare, onOpen }: TransportProps) {
  const { transport } = strings;
  const playing = lab.playing.value;
  return (
    <section class="transport" aria-label={transport.label}>
      <button
        type="button"
        class="primary"
        title={transport.playTitle}
        onClick={() => (playing ? lab.pause() : lab.play())}
      >
        {playing ? transport.pause : transport.play}
      </button>
      <button type="button" title={transport.stepTitle} onClick={() => lab.step()}>
        {transport.step}
      </button>
      <button type="button" title={transport.resetTitle} onClick={() => lab.reset()}>
        {transport.reset}
      </button>
      <button type="button" title={transport.newSeedTitle} onClick={() => lab.newSeed()}>
        {transport.newSeed}
      </button>
      <label class="speed">
        <span>{transport.speed}</span>
        <select value={String(lab.speed.value)} onChange={(event) => lab.setSpeed(Number(event.currentTarget.value))}>
          {speeds.map((speed) => (
            <option key={speed} value={String(speed)}>
              {transport.perSecond(speed)}
            </option>
          ))}
        </select>
      </label>
      <button type="button" onClick={onShare}>
        {transport.share}
      </button>
      <button type="button" onClick={onOpen}>
        {transport.open}
      </button>
    </section>
  );
}

/** Which experiment of the topic, and what to look at. */
export function PresetBar({ lab }: { readonly lab: Lab }) {
  const ofTopic = presets.filter(({ topic }) => topic === lab.topic.value);
  const texts = strings.presets[lab.presetId.value];
  return (
    <section class="preset" aria-label={strings.preset.choose}>
      {ofTopic.length > 1 ? (
        <select
          class="preset-choice"
          aria-label={strings.preset.choose}
          value={lab.presetId.value}
          onChange={(event) => lab.choose(event.currentTarget.value)}
        >
          {ofTopic.map(({ id }) => (
            <option key={id} value={id}>
              {strings.presets[id].title}
            </option>
          ))}
        </select>
      ) : (
        <h2>{texts.title}</h2>
      )}
      <p>{texts.look}</p>
      {lab.notice.value !== undefined && (
        <p class="notice" role="alert">
          {lab.notice.value}
        </p>
      )}
    </section>
  );
}
