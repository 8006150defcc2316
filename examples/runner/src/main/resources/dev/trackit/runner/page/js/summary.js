/**
 * The summary view: what was done to the data, in words that can be followed back to the steps. The offline summary stands
 * here at once; another summarizer is asked only after its user has seen and confirmed what would be sent.
 */

import {withQuery} from './api.js';
import {count, time} from './format.js';
import {askPanel} from './summary-ask.js';
import {stepsPanel} from './summary-steps.js';
import {summaryArticle} from './summary-text.js';
import {timespan} from './timespan.js';
import {button, buttonLink, callout, clear, el, emptyState, errorState, facts, select, skeleton, waiting} from './ui.js';

const FORMATS = [['pdf', 'PDF'], ['html', 'HTML'], ['md', 'Markdown'], ['txt', 'Text'], ['json', 'JSON']];
const SCOPE = ['section', 'experiment', 'since', 'until'];
const OFFLINE = 'offline';

/** Opens the view. */
export function open(root, context) {
  return new SummaryView(root, context).start();
}

class SummaryView {
  constructor(root, context) {
    this.root = root;
    this.context = context;
    this.asked = 0;
    this.tools = el('div', {class: 'toolbar summary-tools'});
    this.body = el('div', {class: 'summary-body'});
    this.ask = askPanel({context, scope: () => this.scope(), onDone: (summarizer) => this.onAnswered(summarizer)});
  }

  start() {
    this.root.className = 'pane summary';
    clear(this.root, this.tools, this.body);
    clear(this.body, waiting(this.context.info, {lines: 14}));
    this.context.events.on('lineage', () => this.onNews());
    this.context.events.on('resume', () => this.load());
    this.load();
    return {
      update: () => this.load(),
      close: () => {
        clearTimeout(this.waiting);
        this.ask.close();
      },
    };
  }

  /** The part that is told, as the address has it. */
  scope() {
    return dropEmpty(Object.fromEntries(SCOPE.map((name) => [name, this.context.query.get(name)])));
  }

  params() {
    return {...this.scope(), ...dropEmpty({summarizer: this.context.query.get('summarizer'), kept: this.context.query.get('kept')})};
  }

  async load() {
    const asked = ++this.asked;
    // That of a request that is overtaken by this one must not clear away what this one draws.
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => clear(this.body, skeleton(14)), 200);
    try {
      const summary = await this.context.api.get(this.context.api.at('summary'), {params: this.params(), signal: this.context.signal});
      if (asked === this.asked) {
        clearTimeout(this.waiting);
        this.draw(summary);
      }
    } catch (error) {
      if (asked === this.asked && error.name !== 'AbortError') {
        clearTimeout(this.waiting);
        this.fail(error);
      }
    }
  }

  fail(error) {
    this.summary = null;
    clear(this.tools);
    this.root.classList.add('summary-bare');
    const scoped = Object.keys(this.params()).length > 0;
    const actions = scoped ? [buttonLink({label: 'The whole notebook, offline', icon: 'summary', href: this.context.address('summary'), kind: 'primary'})] : [];
    if (error.status === 404 || error.status === 422) {
      clear(this.body, emptyState({
        heading: 'h1',
        icon: 'summary',
        title: error.what,
        text: error.todo || 'When cells of this notebook have run, what they did is told here.',
        actions,
      }));
    } else {
      clear(this.body, errorState(error, {heading: 'h1', retry: () => this.load()}));
    }
  }

  /** More was executed: what is read now is not pulled away. */
  onNews() {
    if (!this.summary) {
      this.load();
    } else if (!this.context.query.get('kept') && !this.newer) {
      this.newer = callout(
        'info',
        'More was executed since this was written. ',
        el('button', {type: 'button', class: 'link', onclick: () => this.load()}, 'Tell it again'),
      );
      this.notes.prepend(this.newer);
      this.context.announce('More was executed since this summary was written.');
    }
  }

  onAnswered(summarizer) {
    if (this.context.query.get('summarizer') === summarizer && !this.context.query.get('kept')) {
      this.load();
    } else {
      this.context.setQuery({summarizer, kept: null}, {replace: false});
    }
  }

  draw(summary) {
    this.summary = summary;
    this.newer = null;
    this.root.classList.remove('summary-bare');
    this.drawTools(summary);
    const steps = stepsPanel({summary, context: this.context});
    this.notes = el('div', {class: 'summary-notes'}, this.ask.node, notes(summary, this.context.query.get('kept')));
    clear(
      this.body,
      el(
        'div',
        {class: 'summary-page'},
        el(
          'div',
          {class: 'summary-main'},
          this.head(summary),
          this.notes,
          summaryArticle({summary, onStep: (id) => steps.show(id)}),
        ),
        steps.node,
      ),
    );
  }

  head(summary) {
    const from = summary.provenance;
    return el(
      'header',
      {class: 'summary-head'},
      el('h1', null, summary.notebook),
      el('p', {class: 'summary-scope'}, `${upper(summary.scope)}, told ${byWhom(from)}, ${time(from.createdAt)}`),
      el(
        'details',
        {class: 'summary-provenance'},
        el('summary', null, 'Where these words come from'),
        provenance(summary),
      ),
    );
  }

  drawTools(summary) {
    const query = this.context.query;
    const change = (name) => (value) => this.context.setQuery({[name]: value || null, kept: null}, {replace: false});
    clear(
      this.tools,
      select({
        label: 'Section',
        options: [{value: '', text: 'All sections'}, ...(summary.sections ?? []).map((one) => ({value: one.heading, text: `${' '.repeat(2 * (one.level - 1))}${one.heading}`}))],
        value: query.get('section') ?? '',
        onChange: change('section'),
      }),
      select({
        label: 'Experiment',
        options: [{value: '', text: 'All experiments'}, ...(summary.experiments ?? []).map((one) => ({value: String(one.experiment), text: `${one.experiment}: #${one.first} to #${one.last}, ${one.occasion}`}))],
        value: query.get('experiment') ?? '',
        onChange: change('experiment'),
      }),
      timespan({
        label: 'Time',
        since: query.get('since') ?? '',
        until: query.get('until') ?? '',
        onChange: (span) => this.context.setQuery({...span, kept: null}, {replace: false}),
      }),
      this.summarizers(summary),
      this.keptOnes(summary),
      el('span', {class: 'spread'}),
      el(
        'div',
        {class: 'summary-exports', role: 'group', 'aria-label': 'Export'},
        el('span', {class: 'summary-exports-name muted'}, 'Export'),
        FORMATS.map(([ending, name]) =>
          buttonLink({label: name, small: true, href: withQuery(`${this.context.api.at('summary')}.${ending}`, this.params()), download: ''})),
      ),
    );
  }

  /** Who tells: the offline summarizer at once, another on request. */
  summarizers(summary) {
    const chosen = this.context.query.get('summarizer') ?? OFFLINE;
    const others = (summary.summarizers ?? []).filter((one) => one.remote);
    return [
      chosen !== OFFLINE || this.context.query.get('kept')
        ? buttonLink({label: 'Offline summary', icon: 'summary', href: this.context.address('summary', this.scope())})
        : null,
      others.map((one) =>
        button({
          label: `Ask ${upper(one.id)}…`,
          icon: one.problem ? 'warning' : 'external',
          title: one.problem || `Shows first what would be sent to ${upper(one.id)}`,
          onClick: () => this.ask.open(one),
        })),
    ];
  }

  keptOnes(summary) {
    const kept = summary.keptSummaries ?? [];
    if (!kept.length) {
      return null;
    }
    return select({
      label: 'Kept summaries',
      options: [
        {value: '', text: `Kept: ${count(kept.length, 'summary', 'summaries')}`},
        ...kept.map((one) => ({value: one.id, text: `${time(one.createdAt)}, ${one.model || one.summarizer}, ${one.scope}${one.current ? '' : ' (older record)'}`})),
      ],
      value: this.context.query.get('kept') ?? '',
      onChange: (value) => this.context.setQuery({kept: value || null}, {replace: false}),
    });
  }
}

function notes(summary, kept) {
  const unsupported = summary.unsupported ?? 0;
  const isOld = (summary.keptSummaries ?? []).some((one) => one.id === kept && !one.current);
  return [
    unsupported
      ? callout(
        'warn',
        el('strong', null, unsupported === 1 ? 'One statement is not supported by the record. ' : `${unsupported} statements are not supported by the record. `),
        'Each is marked, with the reason.',
      )
      : null,
    isOld ? callout('info', 'This was written from an older record. The steps beside it are those of today: its citations may mean others.') : null,
    (summary.provenance.notes ?? []).map((note) => callout('info', note)),
  ];
}

function provenance(summary) {
  const from = summary.provenance;
  return facts([
    ['Written by', from.model ? `${from.summarizer}, model ${from.model}` : `${from.summarizer}, by rules on this machine`],
    ['Written', time(from.createdAt)],
    ['Kept', summary.kept ? 'yes, on the record of this notebook' : 'no, made for this view'],
    ['Made from', `${count((summary.outline ?? []).length, 'step')}, ${from.input}`],
    from.promptVersion ? ['Prompts', from.promptVersion] : null,
    from.calls ? ['Sent', `${count(from.calls, 'request')}, ${count(from.inputTokens)} tokens; received ${count(from.outputTokens)} tokens`] : null,
    from.costUsd !== undefined && from.costUsd !== null ? ['Cost', `about ${from.costUsd.toFixed(4)} US dollars`] : null,
    (summary.unknowns ?? []).length ? ['Not known', el('ul', null, summary.unknowns.map((text) => el('li', null, text)))] : null,
  ]);
}

function byWhom(from) {
  return from.model ? `by ${from.model} through ${from.summarizer}` : 'offline by rules';
}

function upper(text) {
  return text ? text[0].toUpperCase() + text.slice(1) : '';
}

function dropEmpty(object) {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value));
}
